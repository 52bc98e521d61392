// Each message of a session × replay, reflection, swap and splice between two sessions of the same two people with the same
// indices, so that keys and transcripts alone tell them apart. Flipped bits and cuts are in hostile.test.ts.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {consumeResp, withCookie} from '../../../source/protocol/session/initiator.ts';
import {beginRekey, consumeRekey} from '../../../source/protocol/session/rekey.ts';
import {consumeFin, consumeInit} from '../../../source/protocol/session/responder.ts';
import {COOKIE_LIMIT} from '../../../source/protocol/session/timers.ts';
import {openMsg, sealMsg, type Session} from '../../../source/protocol/session/session.ts';
import {
	atAlice,
	connect,
	connectTwice,
	digest,
	elsewhere,
	entropy,
	firstContact,
	meet,
	type Meeting,
	must,
	mustResp,
	NOW,
	person,
	random,
	reason,
	respond,
	responderOf,
	type Sessions,
} from './pair.ts';

type Place = {readonly consume: (bytes: Buffer) => unknown; readonly state: () => unknown};
type Stage = {
	readonly genuine: Buffer;
	/** The same message of the other session, and why it is dropped here. */
	readonly foreign: Buffer;
	readonly swapped: string;
	readonly receiver: Place;
	/** Where the message came from: what it makes of its own. */
	readonly sender: Place;
	readonly reflected: string;
	/** Why the genuine one is dropped when it comes again; undefined where it gets the same answer again. */
	readonly replayed: string | undefined;
};

const words = Buffer.alloc(255, 'words');
const said = (from: Session) => sealMsg(from, words, random).datagram;

async function heard(sessions: Sessions): Promise<Sessions> {
	must(openMsg(sessions.b, said(sessions.a), NOW));
	must(openMsg(sessions.a, said(sessions.b), NOW));
	return sessions;
}

async function answerOf({a, b}: Sessions): Promise<Buffer> {
	return must(await consumeRekey(b, await beginRekey(a, entropy), NOW, entropy)).answer!;
}

/** Alice asks for Bob twice. Both her index and his are 7 each time. */
async function meetTwice(): Promise<[Meeting, Meeting]> {
	const [alice, bob] = [person('alice'), person('bob')];
	const responder = responderOf(bob, () => 7);
	return [await meet(7, alice, bob, responder), await meet(7, alice, bob, responder)];
}

/** Bob, who is asked so often here that he must not be made to want cookies. */
function asked(met: Meeting, from = atAlice): Place {
	const {responder} = met;
	const consume = async (bytes: Buffer) => {
		responder.rate.count = 0;
		return respond(met, bytes, from);
	};

	return {consume, state: () => responder};
}

const opening = (session: Session): Place => ({
	consume: bytes => openMsg(session, bytes, NOW),
	state: () => session,
});
const rekeying = (session: Session): Place => ({
	consume: bytes => consumeRekey(session, bytes, NOW, entropy),
	state: () => session,
});

const stages: Record<string, () => Promise<Stage>> = {
	async INIT() {
		const [met] = await meetTwice();
		const forCarol = await meet(7, met.alice, person('carol'));
		const mine = responderOf(met.alice);
		return {
			genuine: met.init,
			foreign: forCarol.init,
			swapped: 'ticket-key-id',
			receiver: asked(met),
			sender: {consume: bytes => consumeInit(mine, bytes, atAlice, NOW, firstContact), state: () => mine},
			reflected: 'ticket-key-id',
			replayed: undefined,
		};
	},
	async COOKIE() {
		const [one, two] = await meetTwice();
		const [first, second] = [
			must(await respond(one, one.init, elsewhere)),
			must(await respond(two, two.init, elsewhere)),
		];
		const consume = async (bytes: Buffer) => {
			const step = withCookie(one.initiating, bytes);
			return 'drop' in step ? step : asked(one, elsewhere).consume(step.datagram);
		};

		return {
			genuine: first.datagram,
			foreign: second.datagram,
			swapped: 'cookie',
			receiver: {consume, state: () => [one.initiating, one.responder]},
			sender: asked(one),
			reflected: 'malformed',
			replayed: undefined,
		};
	},
	async RESP() {
		const [one, two] = await meetTwice();
		const [resp, other] = [await mustResp(one), await mustResp(two)];
		return {
			genuine: resp.datagram,
			foreign: other.datagram,
			swapped: 'tag',
			receiver: {consume: bytes => consumeResp(one.initiating, bytes, NOW), state: () => one.initiating},
			sender: {consume: bytes => consumeFin(resp.state, bytes), state: () => resp.state},
			reflected: 'malformed',
			replayed: undefined,
		};
	},
	async FIN() {
		const [one, two] = await meetTwice();
		const [resp, other] = [await mustResp(one), await mustResp(two)];
		const [{fin}, {fin: foreign}] = [
			must(await consumeResp(one.initiating, resp.datagram, NOW)),
			must(await consumeResp(two.initiating, other.datagram, NOW)),
		];
		return {
			genuine: fin,
			foreign,
			swapped: 'tag',
			receiver: {consume: bytes => consumeFin(resp.state, bytes), state: () => resp.state},
			sender: {consume: bytes => consumeResp(one.initiating, bytes, NOW), state: () => one.initiating},
			reflected: 'malformed',
			replayed: undefined,
		};
	},
	async 'MSG of the initiator'() {
		const [one, two] = await connectTwice();
		const [genuine, foreign] = [said(one.a), said(two.a)];
		const [receiver, sender] = [opening(one.b), opening(one.a)];
		return {genuine, foreign, swapped: 'tag', receiver, sender, reflected: 'tag', replayed: 'used'};
	},
	async 'MSG of the responder'() {
		const [one, two] = await connectTwice();
		const [genuine, foreign] = [said(one.b), said(two.b)];
		const [receiver, sender] = [opening(one.a), opening(one.b)];
		return {genuine, foreign, swapped: 'tag', receiver, sender, reflected: 'tag', replayed: 'used'};
	},
	async 'rekey request'() {
		const [one, two] = await connectTwice();
		await Promise.all([heard(one), heard(two)]);
		const [genuine, foreign] = [await beginRekey(one.a, entropy), await beginRekey(two.a, entropy)];
		const [receiver, sender] = [rekeying(one.b), rekeying(one.a)];
		return {genuine, foreign, swapped: 'signature', receiver, sender, reflected: 'role', replayed: 'epoch'};
	},
	async 'rekey answer'() {
		const [one, two] = await connectTwice();
		await Promise.all([heard(one), heard(two)]);
		const [genuine, foreign] = [await answerOf(one), await answerOf(two)];
		const [receiver, sender] = [rekeying(one.a), rekeying(one.b)];
		return {genuine, foreign, swapped: 'signature', receiver, sender, reflected: 'role', replayed: 'epoch'};
	},
};

/** The front of one and the back of the other, cut anywhere: all that is neither of them. */
function* splices(one: Buffer, other: Buffer): Generator<[string, Buffer]> {
	for (let cut = 1; cut < one.length; cut++) {
		for (const [title, front, back] of [
			['own front', one, other],
			['foreign front', other, one],
		] as const) {
			const bytes = Buffer.concat([front.subarray(0, cut), back.subarray(cut)]);
			if (!bytes.equals(one) && !bytes.equals(other)) yield [`${title} to ${cut}`, bytes];
		}
	}
}

for (const [name, make] of Object.entries(stages)) {
	test(`${name} × swap: that of another session is dropped and changes nothing; then the genuine one works`, async t => {
		const {genuine, foreign, swapped, receiver} = await make();
		const before = digest(receiver.state());
		t.is(foreign.length, genuine.length);
		t.is(reason(await receiver.consume(foreign)), swapped);
		t.is(digest(receiver.state()), before);
		t.is(reason(await receiver.consume(genuine)), undefined);
	});

	test(`${name} × splice: no front and back of two make one, wherever they are cut`, async t => {
		const {genuine, foreign, receiver} = await make();
		const before = digest(receiver.state());
		const wrong: string[] = [];
		let tried = 0;
		for (const [title, bytes] of splices(genuine, foreign)) {
			tried++;
			const step = await receiver.consume(bytes);
			if (reason(step) === undefined || digest(receiver.state()) !== before) wrong.push(title);
		}

		t.deepEqual(wrong, []);
		t.true(tried >= 2 * 14, `${tried}`);
		t.is(reason(await receiver.consume(genuine)), undefined);
	});

	test(`${name} × reflection: its sender drops it and does not change`, async t => {
		const {genuine, sender, reflected, receiver} = await make();
		const before = digest(sender.state());
		t.is(reason(await sender.consume(genuine)), reflected);
		t.is(digest(sender.state()), before);
		t.is(reason(await receiver.consume(genuine)), undefined);
	});

	test(`${name} × replay: a second time it changes nothing`, async t => {
		const {genuine, receiver, replayed} = await make();
		const first = await receiver.consume(genuine);
		t.is(reason(first), undefined);
		const before = digest(receiver.state());
		for (let again = 0; again < 3; again++) {
			const step = await receiver.consume(genuine);
			if (replayed === undefined) t.deepEqual(outcomeOf(step), outcomeOf(first));
			else t.is(reason(step), replayed);
			t.is(digest(receiver.state()), before);
		}
	});
}

/** What a step of a handshake sends, or the root key that it ends with. */
function outcomeOf(step: unknown): Buffer {
	const {datagram, fin, established} = step as {datagram?: Buffer; fin?: Buffer; established?: {root: Buffer}};
	return datagram ?? fin ?? established!.root;
}

test('COOKIE × replay: eight INITs in all, however often one comes', async t => {
	const met = await meet();
	const {datagram} = must(await respond(met, met.init, elsewhere));
	let {initiating} = met;
	for (let count = 0; count < COOKIE_LIMIT; count++) initiating = must(withCookie(initiating, datagram)).state;
	const before = digest(initiating);
	t.is(reason(withCookie(initiating, datagram)), 'cookie');
	t.is(digest(initiating), before);
});

test('INIT × splice: two introductions to the same person make no third', async t => {
	const [one, two] = await meetTwice();
	const {consume, state} = asked(one);
	const before = digest(state());
	for (const [title, bytes] of splices(one.init, two.init))
		t.regex(String(reason(await consume(bytes))), /tag$/, title);
	t.is(digest(state()), before);
	for (const {init} of [one, two]) t.is(reason(await consume(init)), undefined);
});

test('MSG × replay over a rekey: what has opened in the epoch before does not open again, nor after it is gone', async t => {
	const {a, b} = await heard(await connect());
	const old = said(a);
	must(openMsg(b, old, NOW));
	const {answer} = must(await consumeRekey(b, await beginRekey(a, entropy), NOW, entropy));
	t.is(reason(openMsg(b, old, NOW)), 'used', 'between answer and switch');
	must(await consumeRekey(a, answer!, NOW, entropy));
	must(openMsg(b, said(a), NOW));
	const before = digest(b);
	t.is(reason(openMsg(b, old, NOW)), 'used');
	t.is(reason(openMsg(b, old, NOW + 60_000)), 'epoch');
	t.is(digest(b), before);
});

test('MSG × swap of epochs: the datagram of one epoch under the number of the other is dropped', async t => {
	const {a, b} = await heard(await connect());
	const old = said(a);
	const {answer} = must(await consumeRekey(b, await beginRekey(a, entropy), NOW, entropy));
	must(await consumeRekey(a, answer!, NOW, entropy));
	const fresh = said(a);
	const before = digest(b);
	for (const [datagram, epoch] of [
		[old, 1],
		[fresh, 0],
	] as const) {
		const moved = Buffer.from(datagram);
		moved.writeUInt16BE(epoch, 6);
		moved.writeUInt32BE(1, 8);
		t.is(reason(openMsg(b, moved, NOW)), 'tag');
	}

	t.is(digest(b), before);
	t.is(reason(openMsg(b, fresh, NOW)), undefined);
	t.is(reason(openMsg(b, old, NOW)), undefined);
});
