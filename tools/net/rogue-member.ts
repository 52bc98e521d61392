// A member who keeps to no rules, in a namespace of the lab.
import {Buffer} from 'node:buffer';
import process from 'node:process';
import {FRAME} from '../../source/wire/frame.ts';
import {decodeIntroduction} from '../../source/wire/messages/introduce.ts';
import {type At} from './datagram-host.ts';
import {PORT} from './directory.ts';
import {SERVER, publicIpv4} from './internet.ts';
import {type Namespace} from './lab.ts';
import {type Program} from './program.ts';
import {type World} from './world.ts';

export type MemberOrder =
	| {readonly type: 'candidates'; readonly addresses: readonly At[]}
	| {readonly type: 'introduce'; readonly name: string};

export class RogueMember {
	readonly name: string;
	readonly #program: Program;

	private constructor(name: string, program: Program) {
		this.name = name;
		this.#program = program;
	}

	/** Signs up, and lets the server know its true address. */
	static async start(world: World, name: string, host: Namespace): Promise<RogueMember> {
		const server = publicIpv4(SERVER.first);
		const program = host.start([
			process.execPath,
			world.doors.member,
			server,
			String(PORT),
			world.directory.link(server),
			name,
		]);
		await program.line(/^ready$/);
		return new RogueMember(name, program);
	}

	/** Says that it can be reached at these addresses. */
	offer(...addresses: readonly At[]): void {
		this.#order({type: 'candidates', addresses});
	}

	/** Asks to be introduced, so many times; how many of the server's answers grant it. */
	async askFor(name: string, times: number): Promise<number> {
		const before = this.#introductions().length;
		for (let count = 0; count < times; count++) this.#order({type: 'introduce', name});
		await this.#program.until(() => this.#introductions().length >= before + times);
		const answers = this.#introductions().slice(before);
		return answers.filter(body => decodeIntroduction(body)?.grant !== undefined).length;
	}

	/** Whether one of the server's records holds this IPv4 address, as bytes. */
	hasLearned(ipv4: string): boolean {
		const hex = Buffer.from(ipv4.split('.').map(Number)).toString('hex');
		return this.#program.lines.some(({text}) => text.includes(`ffff${hex}`));
	}

	#introductions(): Buffer[] {
		const records = this.#program.lines.map(({text}) => text.split(' '));
		return records
			.filter(([type]) => type === String(FRAME.introduction))
			.map(([, body = '']) => Buffer.from(body, 'hex'));
	}

	#order(order: MemberOrder): void {
		this.#program.say(JSON.stringify(order));
	}
}
