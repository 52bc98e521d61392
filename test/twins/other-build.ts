// Somebody whose simchat is another build: opens a session as any, says whatever bytes a test wants, and keeps what is said to it.
import {type Buffer} from 'node:buffer';
import {Attempt} from '../../source/client/peers/attempt.ts';
import {Transport} from '../../source/client/peers/session-transport.ts';
import {localClock} from '../../source/client/local-clock.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {createInit} from '../../source/protocol/session/initiator.ts';
import {type Address} from '../../source/wire/address.ts';
import {type Content, decodeContent} from '../../source/content/content.ts';
import {type Neighbourhood, type Person, until} from './neighbourhood.ts';

export type OtherBuild = {
	readonly say: (...contents: readonly Buffer[]) => void;
	/** What has been said to it, in order. */
	readonly heard: Content[];
};

/** Opens a session with `to`; it is left when the town closes. */
export async function otherBuild(town: Neighbourhood, name: string, to: Person): Promise<OtherBuild> {
	const person = town.join(name);
	person.peers.close();
	const heard: Content[] = [];
	const transmit = (datagram: Buffer, address: Address) => town.carry(datagram, person.address, address);
	const grant = town.introduce(person, to.name);
	if (typeof grant !== 'object' || !('identityKey' in grant)) throw new Error('nobody was introduced');
	const {elapsed} = localClock;
	const made = await createInit({
		local: person.local,
		peer: {name: to.name, pinned: undefined},
		grant,
		index: 1,
		now: Date.now(),
		entropy: systemEntropy,
	});
	if ('drop' in made) throw new Error(made.drop);
	let transport: Transport | undefined;
	let isPumping = false;
	const pump = () => {
		if (isPumping) return;
		isPumping = true;
		setImmediate(() => {
			isPumping = false;
			transport?.pump();
			const wait = (transport?.deadline() ?? 0) - elapsed();
			if (transport?.ended === false) timer = setTimeout(pump, Math.max(wait, 1)).unref();
		});
	};

	let timer: NodeJS.Timeout | undefined;
	const attempt = new Attempt(made.state, grant.addresses, {
		elapsed,
		serverTime: Date.now,
		transmit,
		onDowngrade() {},
		onEstablished(established, fin, address) {
			transport = new Transport(established, address, fin, {
				entropy: systemEntropy,
				elapsed,
				transmit,
				onContent: messages =>
					heard.push(...messages.map(bytes => decodeContent(bytes)).filter(content => content !== undefined)),
				onWork: pump,
				onEnd() {},
			});
			pump();
		},
	});
	const {peers} = person;
	person.peers = {
		ticketKey: peers.ticketKey,
		peer: other => peers.peer(other),
		queue() {},
		receive: (datagram, from) => (transport ?? attempt).receive(datagram, from),
		close() {
			clearTimeout(timer);
			transport?.close();
		},
	};
	attempt.run();
	await until(() => transport !== undefined);
	return {
		heard,
		say(...contents) {
			for (const content of contents) transport?.enqueue(content);
			pump();
		},
	};
}
