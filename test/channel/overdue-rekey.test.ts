// Keys that are not renewed in time: whoever keeps its side of a rekey ends the session, and what waits goes out in a new one.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {Transport} from '../../source/channel/session-transport.ts';
import {type EndReason} from '../../source/channel/transport-ports.ts';
import {Delivery} from '../../source/protocol/delivery/delivery.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {type Established} from '../../source/protocol/session/established.ts';
import {consumeResp} from '../../source/protocol/session/initiator.ts';
import {consumeRekey} from '../../source/protocol/session/rekey.ts';
import {consumeFin} from '../../source/protocol/session/responder.ts';
import {REKEY_HOLD, OVERDUE_MESSAGES, OVERDUE_MS} from '../../source/protocol/session/timers.ts';
import {type Session, createSession, openMsg, sealMsg} from '../../source/protocol/session/session.ts';
import {CHANNEL, decodeFrames, encodeFrames} from '../../source/wire/messages/msg.ts';
import {NOW, atAlice, atBob, entropy, meet, must, mustResp, random} from '../protocol/session/pair.ts';
import {Neighbourhood, until} from '../twins/neighbourhood.ts';

type Answer = (session: Session, request: Buffer) => Promise<Buffer | undefined>;

/** An end that delivers and acknowledges as it should, and does with a rekey what the test says. */
class Stubborn {
	readonly session: Session;
	readonly delivery = new Delivery();
	readonly #answer: Answer;
	/** Content that has come. */
	received = 0;

	constructor(established: Established, answer: Answer = async () => undefined) {
		this.session = createSession(established, 0);
		this.#answer = answer;
		this.delivery.queueFrame({kind: 'ping'});
	}

	async take(datagram: Buffer, now: number): Promise<void> {
		const opened = openMsg(this.session, datagram, now);
		if ('drop' in opened) return;
		const frames = decodeFrames(opened.plaintext)!;
		for (const {channel, data} of this.delivery.received(opened.epoch, opened.counter, frames, now).messages) {
			if (channel === CHANNEL.content) {
				this.received++;
			} else {
				const answer = await this.#answer(this.session, data);
				if (answer !== undefined) this.delivery.enqueue(CHANNEL.control, answer);
			}
		}
	}

	flush(now: number): Buffer[] {
		const datagrams: Buffer[] = [];
		for (let packet = this.delivery.nextPacket(now); packet; packet = this.delivery.nextPacket(now)) {
			const {datagram, epoch, counter} = sealMsg(this.session, encodeFrames(packet.frames), random);
			this.delivery.sent(packet, epoch, counter, datagram.length, now);
			datagrams.push(datagram);
		}

		return datagrams;
	}
}

/** A client's transport in one role, and a stubborn end in the other, on one clock. */
async function pair(role: 'initiator' | 'responder', answer?: Answer) {
	const meeting = await meet();
	const {datagram, state} = await mustResp(meeting);
	const {established, fin} = must(await consumeResp(meeting.initiating, datagram, NOW));
	const other = must(consumeFin(state, fin)).established;
	const own = role === 'initiator' ? established : other;
	const clock = {now: 0};
	const sent: Buffer[] = [];
	const taken: Buffer[] = [];
	const ends: EndReason[] = [];
	const stubborn = new Stubborn(role === 'initiator' ? other : established, answer);
	const from = {socket: 0, address: role === 'initiator' ? atBob : atAlice};
	const transport = new Transport(own, from, undefined, {
		entropy: systemEntropy,
		elapsed: () => clock.now,
		transmit: bytes => sent.push(bytes),
		onContent: messages => taken.push(...messages),
		onFiles() {},
		onWork() {},
		onEnd: reason => ends.push(reason),
	});
	return {
		clock,
		transport,
		stubborn,
		taken,
		ends,
		/** What both have to say goes to and fro for so many ms, a step each. */
		run: async (ms: number) => {
			for (const end = clock.now + ms; clock.now < end && ends.length === 0; clock.now += 10) {
				transport.pump();
				for (const bytes of sent.splice(0)) await stubborn.take(bytes, clock.now);
				if (stubborn.delivery.deadline(clock.now)! <= clock.now) stubborn.delivery.tick(clock.now);
				for (const bytes of stubborn.flush(clock.now)) transport.receive(bytes, from);
				// A DH on the thread pool.
				await new Promise(resolve => setImmediate(resolve));
			}
		},
	};
}

test('an initiator that never rekeys is left after so many messages: the rest of them are not taken', async t => {
	const {stubborn, taken, ends, run} = await pair('responder');
	for (let index = 0; index < 2000; index++) stubborn.delivery.enqueue(CHANNEL.content, Buffer.from(`${index}`));
	await run(20_000);
	t.deepEqual(ends, ['overdue']);
	t.true(taken.length < OVERDUE_MESSAGES);
	t.true(taken.length > REKEY_HOLD);
});

test('an initiator that never rekeys is left some time after the rekey was due, however little it says', async t => {
	const {stubborn, ends, taken, run} = await pair('responder');
	stubborn.delivery.enqueue(CHANNEL.content, Buffer.from('one'));
	await run(120_000 + OVERDUE_MS - 1000);
	t.deepEqual([taken.length, ends], [1, []]);
	await run(2000);
	t.deepEqual(ends, ['overdue']);
});

const answers: Record<string, Answer> = {
	'never answers a rekey': async () => undefined,
	async 'answers a rekey with a wrong signature'(session, request) {
		const copy = {...session, heard: true, receiving: {...session.receiving}, root: Buffer.from(session.root)};
		copy.sending = {...session.sending, key: Buffer.from(session.sending.key)};
		const {answer} = must(await consumeRekey(copy, request, 0, entropy));
		answer![answer!.length - 1]! ^= 1;
		return answer;
	},
	'answers a rekey with bytes that are none': async () => Buffer.alloc(453, 2),
};

for (const [title, answer] of Object.entries(answers)) {
	test(`a responder that ${title} gets a bounded number of messages, and is left in time`, async t => {
		const {transport, stubborn, ends, run} = await pair('initiator', answer);
		for (let index = 0; index < 2000; index++) transport.enqueue(Buffer.from(`${index}`));
		await run(OVERDUE_MS - 1000);
		t.deepEqual(ends, []);
		// The last datagram that may begin messages holds several.
		t.true(stubborn.received >= REKEY_HOLD && stubborn.received < REKEY_HOLD + 100);
		t.is(transport.session.receiving.epoch, 0);
		await run(3000);
		t.deepEqual(ends, ['overdue']);
	});
}

test('two that keep to it renew their keys all along, however much they say', async t => {
	const {transport, stubborn, ends, run} = await pair('initiator', async (session, request) => {
		const step = await consumeRekey(session, request, 0, entropy);
		return 'drop' in step ? undefined : step.answer;
	});
	for (let index = 0; index < 5000; index++) transport.enqueue(Buffer.from(`${index}`));
	await run(60_000);
	t.deepEqual(ends, []);
	t.is(stubborn.received, 5000);
	t.true(transport.session.receiving.epoch >= 5000 / (REKEY_HOLD + 100) - 1);
});

test('a contact whose client never renews its keys still gets every message, in session after session, and one is told why', async t => {
	const town = new Neighbourhood();
	let ahead = 0;
	const clock = {now: Date.now, elapsed: () => performance.now() + ahead};
	const why = new Set<string>();
	const alice = town.join('alice', undefined, {
		clock,
		onChange({channel: {path}}) {
			if (path.kind === 'blocked') why.add(path.why);
		},
	});
	// Bob's every second exponent never comes: those are the ones of the rekeys.
	let exponents = 0;
	const dhKeyPair = async () =>
		exponents++ % 2 === 0 ? systemEntropy.dhKeyPair() : new Promise<never>(() => undefined);
	const bob = town.join('bob', undefined, {clock, entropy: {...systemEntropy, dhKeyPair}});
	town.meet();
	const texts = Array.from({length: 2500}, (_, index) => `text ${index}`);
	alice.send('bob', ...texts);
	await until(() => {
		ahead += 50;
		for (const person of [alice, bob]) for (const name of ['alice', 'bob']) person.with(name).presence('online');
		return alice.delivered.length === texts.length;
	});
	t.deepEqual(
		bob.inbox.map(({text}) => text),
		texts,
	);
	t.true(town.introductions > 1);
	t.deepEqual([...why], ['overdue']);
	town.close();
});
