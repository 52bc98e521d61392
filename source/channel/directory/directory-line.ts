// One logged-in connection to the directory: requests and their answers, news, keepalive. It ends once, with a reason, and wipes its
// keys then.
import {Buffer} from 'node:buffer';
import {consumeIntroduction} from '../../protocol/introduce/introduction.ts';
import {deviceIdOf} from '../../protocol/devices/device-log.ts';
import {wipeDirectorySession} from '../../protocol/login/login-keys.ts';
import {needsKeyUpdate, openRecord, sealKeyUpdate, sealRecord, updateKey} from '../../protocol/login/records.ts';
import {type Address, normalizeAddress} from '../../wire/address.ts';
import {decodeAlert} from '../../wire/alert.ts';
import {FRAME, type Frame, encodeFrame, isIgnorable} from '../../wire/frame.ts';
import {
	type ChangePassword,
	type Results,
	decodeBlock,
	decodeCandidates,
	decodeNames,
	decodePing,
	decodePresence,
	decodeRefused,
	decodeResults,
	encodeBlock,
	encodeCandidates,
	encodeChangePassword,
	encodeNames,
	encodePing,
	encodeSearch,
} from '../../wire/messages/directory.ts';
import {
	type LogPage,
	decodeLog,
	decodeLogs,
	decodeOnlineDevices,
	encodeDevices,
	encodeExtendLog,
	encodeIntroduceDevice,
} from '../../wire/messages/devices.ts';
import {encodeIntroduce} from '../../wire/messages/introduce.ts';
import {type LinkRequest, decodeLinkRequest, encodeLinkRequest} from '../../wire/messages/link-request.ts';
import {type Ways, decodeCalled, decodeReflectors, decodeWays, reflectorsAt} from '../../wire/messages/ways.ts';
import {reachable} from '../../protocol/path/reachable.ts';
import {type LineIntroduction, type LinePorts} from './line-ports.ts';
import {type LoggedIn} from './login-attempt.ts';
import {problemOfAlert} from './problems.ts';
import {Questions, type Refusal, type Unanswered} from './open-questions.ts';
import {ToldDevices} from './told-devices.ts';
import {type ConnectionProblem} from './connection-state.ts';

/** Between PINGs, ms; the connection is dead when so many of them in a row stay without a PONG. */
const KEEPALIVE_MS = 25_000;
const MISSED_LIMIT = 3;
/** For a PONG when the way is in question, ms; and when a reflector, whose answer came by UDP, sees us at another host than before. */
const CHECK_MS = 3000;
const ELSEWHERE_MS = 500;
/** For the connection to go down after SIGN_OFF, ms. */
const FAREWELL_MS = 1000;

export class DirectoryLine {
	readonly #login: LoggedIn;
	readonly #ports: LinePorts;
	readonly #questions = new Questions((type, body) => this.#send(type, body));
	/** The last WAYS: the INTRODUCTION of the same request comes right behind it. */
	#ways: Ways | undefined;
	readonly #devices = new ToldDevices();
	#missed = 0;
	/** Until something comes. */
	#checking: NodeJS.Timeout | undefined;
	#keepalive: NodeJS.Timeout | undefined;
	#phase: 'open' | 'leaving' | 'ended' = 'open';

	constructor(login: LoggedIn, ports: LinePorts) {
		this.#login = login;
		this.#ports = ports;
	}

	/** Takes what has arrived and what will. */
	listen(): void {
		const {socket, splitter} = this.#login;
		this.#keepalive = setInterval(() => this.#ping(), this.#ports.keepaliveMs ?? KEEPALIVE_MS);
		socket.on('data', chunk => {
			splitter.push(chunk);
			this.#takeFrames();
		});
		socket.once('close', () => this.#end('closed'));
		this.#takeFrames();
		socket.resume();
	}

	/** K_c1c2, ticket and addresses for a talk with a device of `name`: the one with this id of 8 bytes, or the founding one. */
	async introduce(name: string, device?: Buffer): Promise<LineIntroduction | 'unavailable' | Refusal | Unanswered> {
		const request = this.#questions.newRequest();
		const asked = {request, name, time: this.#serverTime()};
		const type = device === undefined ? FRAME.introduce : FRAME.introduceDevice;
		const question = device === undefined ? encodeIntroduce(asked) : encodeIntroduceDevice({...asked, device});
		return this.#questions.ask(request, type, question, FRAME.introduction, body => {
			const answer = consumeIntroduction(body, asked, this.#serverTime(), device && (key => isDevice(device, key)));
			if (answer === 'unavailable') return answer;
			if ('grant' in answer) {
				const {grant, time} = answer;
				const ways = this.#ways?.request === request ? this.#ways : undefined;
				return {...grant, addresses: this.#reachable(grant.addresses), ways, time};
			}

			this.#ports.onDrop(answer.drop);
			return answer.drop === 'stale' || answer.drop === 'unsupported' ? 'unavailable' : undefined;
		});
	}

	/** A page of the device log of `name`, from the entry with this index on. A server of an earlier build does not answer. */
	async devices(name: string, from: number): Promise<LogPage | Refusal | Unanswered> {
		const request = this.#questions.newRequest();
		return this.#questions.ask(request, FRAME.devices, encodeDevices({request, name, from}), FRAME.log, decodeLog);
	}

	/** Hands in an entry for the own log; the answer is what stands in its place, and behind it. */
	async extendLog(entry: Buffer): Promise<LogPage | Refusal | Unanswered> {
		const request = this.#questions.newRequest();
		return this.#questions.ask(request, FRAME.extendLog, encodeExtendLog({request, entry}), FRAME.log, decodeLog);
	}

	/** As a guest: asks the devices of the account to be admitted. */
	requestLink(request: LinkRequest): void {
		this.#send(FRAME.linkRequest, encodeLinkRequest(request));
	}

	/** Names that start with `prefix`, in order, after `after`; at most `limit`. */
	async search(prefix: string, after: string, limit: number): Promise<Results | Refusal | Unanswered> {
		const request = this.#questions.newRequest();
		const body = encodeSearch({request, prefix, after, limit});
		return this.#questions.ask(request, FRAME.search, body, FRAME.results, decodeResults);
	}

	async changePassword(change: ChangePassword): Promise<'changed' | Refusal | Unanswered> {
		const body = encodeChangePassword(change);
		return this.#questions.ask(0, FRAME.changePassword, body, FRAME.changed, () => 'changed' as const);
	}

	/** At most 255 names. */
	watch(names: readonly string[]): void {
		this.#send(FRAME.watch, encodeNames(names));
	}

	unwatch(names: readonly string[]): void {
		this.#send(FRAME.unwatch, encodeNames(names));
	}

	block(name: string, blocked: boolean): void {
		this.#send(FRAME.block, encodeBlock({name, blocked}));
	}

	/** Where else we may be, four at most; in place of those before. */
	candidates(addresses: readonly Address[]): void {
		this.#send(FRAME.candidates, encodeCandidates(addresses));
	}

	/**
	 * The way may be another one by now: without a word within CHECK_MS it counts as closed, and at once when our end of it is none of
	 * the hosts that this machine has. 'elsewhere': a reflector has just seen us at another host than before, and TCP hardly ever
	 * outlives that.
	 */
	check(change?: readonly string[] | 'elsewhere'): void {
		const own = normalizeAddress(this.#login.socket.localAddress ?? '', 0).host;
		if (typeof change === 'object' && !change.includes(own)) this.#end('closed');
		if (this.#phase !== 'open' || (this.#checking !== undefined && change !== 'elsewhere')) return;
		if (this.#checking === undefined) this.#send(FRAME.ping, encodePing(0));
		clearTimeout(this.#checking);
		this.#checking = setTimeout(() => this.#end('timeout'), change === 'elsewhere' ? ELSEWHERE_MS : CHECK_MS);
	}

	/** SIGN_OFF; resolves when the connection is down and the keys are wiped. */
	async signOff(): Promise<void> {
		if (this.#phase === 'ended') return;
		const {socket} = this.#login;
		this.#send(FRAME.signOff, Buffer.alloc(0));
		this.#phase = 'leaving';
		await new Promise<void>(resolve => {
			const timer = setTimeout(() => socket.destroy(), FAREWELL_MS);
			socket.once('close', () => {
				clearTimeout(timer);
				resolve();
			});
			socket.end();
		});
	}

	#serverTime(): number {
		return Math.round(this.#ports.now() + this.#login.session.clockOffset);
	}

	#reachable(addresses: readonly Address[]): Address[] {
		const {remote, session} = this.#login;
		return reachable(addresses, {server: remote, observed: session.observed});
	}

	#send(type: number, body: Buffer): void {
		if (this.#phase !== 'open') return;
		const {socket, session} = this.#login;
		const {random, now} = this.#ports;
		const {send} = session;
		if (needsKeyUpdate(send, now())) socket.write(encodeFrame(sealKeyUpdate(send, random, now())));
		socket.write(encodeFrame(sealRecord(send, type, body, random)));
	}

	#ping(): void {
		if (this.#missed >= MISSED_LIMIT) {
			this.#end('timeout');
			return;
		}

		this.#missed++;
		this.#send(FRAME.ping, encodePing(0));
	}

	#takeFrames(): void {
		const {splitter} = this.#login;
		while (this.#phase !== 'ended') {
			const frame = splitter.next();
			if (frame === 'incomplete') return;
			if (frame === 'malformed' || !this.#takeFrame(frame)) this.#end('protocol');
		}
	}

	/** False when no honest server sends this. */
	#takeFrame(frame: Frame): boolean {
		const {now, onPresence, onUnbound, onBlocked, onPunch, onReflectors, onCalled, onLogs, onLinkRequest} = this.#ports;
		const {remote} = this.#login;
		const {receive} = this.#login.session;
		const body = openRecord(receive, frame);
		if (body === undefined) return false;
		clearTimeout(this.#checking);
		this.#checking = undefined;
		switch (frame.type) {
			case FRAME.presence: {
				return pass(decodePresence(body), entries => onPresence(this.#devices.join(entries)));
			}

			case FRAME.unbound: {
				return pass(decodeNames(body), onUnbound);
			}

			case FRAME.blocked: {
				return pass(decodeBlock(body), onBlocked);
			}

			case FRAME.punch: {
				return pass(decodeCandidates(body), addresses => onPunch(this.#reachable(addresses)));
			}

			case FRAME.reflectors: {
				return pass(decodeReflectors(body), named => onReflectors(this.#reachable(reflectorsAt(named, remote))));
			}

			case FRAME.called: {
				return pass(decodeCalled(body), onCalled);
			}

			case FRAME.onlineDevices: {
				return pass(decodeOnlineDevices(body), entries => this.#devices.take(entries));
			}

			case FRAME.log: {
				return this.#takeLog(body);
			}

			case FRAME.logs: {
				return pass(decodeLogs(body), onLogs);
			}

			case FRAME.linkRequest: {
				return pass(decodeLinkRequest(body), onLinkRequest);
			}

			case FRAME.ways: {
				return pass(decodeWays(body), ways => {
					this.#ways = ways;
				});
			}

			case FRAME.pong: {
				return pass(decodePing(body), () => {
					this.#missed = 0;
				});
			}

			case FRAME.keyUpdate: {
				if (body.length === 0) updateKey(receive, now());
				return body.length === 0;
			}

			case FRAME.alert: {
				return pass(decodeAlert(body), ({reason, retryAfter}) => this.#end(problemOfAlert[reason], retryAfter));
			}

			case FRAME.refused: {
				return pass(decodeRefused(body), ({request, retryAfter}) => {
					// Both are 0 for a list that is full: no question of ours.
					if (request > 0 || retryAfter > 0) this.#questions.answer(request, {retryAfter});
					if (request === 0 && retryAfter > 0) this.#ports.onRefused(retryAfter);
				});
			}

			case FRAME.introduction:
			case FRAME.results:
			case FRAME.changed: {
				return this.#questions.take(frame.type, body);
			}

			default: {
				return isIgnorable(frame.type);
			}
		}
	}

	/** LOG without a request number comes unasked. */
	#takeLog(body: Buffer): boolean {
		if (body.length >= 4 && body.readUInt32BE() !== 0) return this.#questions.take(FRAME.log, body);
		return pass(decodeLog(body), this.#ports.onLog);
	}

	#end(problem: ConnectionProblem, retryAfter = 0): void {
		if (this.#phase === 'ended') return;
		this.#phase = 'ended';
		clearInterval(this.#keepalive);
		clearTimeout(this.#checking);
		this.#login.socket.destroy();
		this.#questions.end();
		try {
			this.#ports.onEnd(problem, retryAfter);
		} finally {
			wipeDirectorySession(this.#login.session);
		}
	}
}

/** Hands on what could be decoded, and says whether it could. */
function pass<T>(decoded: T | undefined, take: (value: T) => void): boolean {
	if (decoded !== undefined) take(decoded);
	return decoded !== undefined;
}

function isDevice(id: Buffer, key: Buffer): boolean {
	return deviceIdOf(key).equals(id);
}
