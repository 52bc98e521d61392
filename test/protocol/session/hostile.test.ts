// Every message that a network can damage, repeat, reflect or swap: dropped, nothing changed, and the genuine one still works.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {consumeResp, withCookie} from '../../../source/protocol/session/initiator.ts';
import {beginRekey, consumeRekey} from '../../../source/protocol/session/rekey.ts';
import {consumeFin, consumeInit} from '../../../source/protocol/session/responder.ts';
import {openMsg, sealMsg} from '../../../source/protocol/session/session.ts';
import {
	atAlice,
	connect,
	connectTwice,
	damaged,
	digest,
	elsewhere,
	entropy,
	firstContact,
	meet,
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

/** A genuine message, who consumes it, what must not change, and whether the genuine one is to change it. */
type Stage = {genuine: Buffer; consume: (bytes: Buffer) => unknown; state: () => unknown; commits: boolean};

const hello = Buffer.alloc(255, 'hello');

async function heard(sessions: Sessions): Promise<Sessions> {
	must(openMsg(sessions.b, sealMsg(sessions.a, hello, random).datagram, NOW));
	must(openMsg(sessions.a, sealMsg(sessions.b, hello, random).datagram, NOW));
	return sessions;
}

const stages: Record<string, () => Promise<Stage>> = {
	async INIT() {
		const met = await meet();
		const {responder} = met;
		const consume = async (bytes: Buffer) => {
			// So that the many tries of this test do not make a cookie necessary.
			responder.rate.count = 0;
			return respond(met, bytes);
		};

		return {genuine: met.init, consume, state: () => responder, commits: true};
	},
	async COOKIE() {
		const met = await meet();
		const asked = must(await respond(met, met.init, elsewhere));
		const consume = async (bytes: Buffer) => {
			const step = withCookie(met.initiating, bytes);
			return 'drop' in step ? step : respond(met, step.datagram, elsewhere);
		};

		return {genuine: asked.datagram, consume, state: () => [met.initiating, met.responder], commits: true};
	},
	async RESP() {
		const met = await meet();
		const {datagram} = await mustResp(met);
		const consume = (bytes: Buffer) => consumeResp(met.initiating, bytes, NOW);
		return {genuine: datagram, consume, state: () => met.initiating, commits: false};
	},
	async FIN() {
		const met = await meet();
		const {datagram, state} = await mustResp(met);
		const {fin} = must(await consumeResp(met.initiating, datagram, NOW));
		return {genuine: fin, consume: bytes => consumeFin(state, bytes), state: () => state, commits: false};
	},
	async MSG() {
		const {a, b} = await connect();
		const {datagram} = sealMsg(a, hello, random);
		return {genuine: datagram, consume: bytes => openMsg(b, bytes, NOW), state: () => b, commits: true};
	},
	async 'rekey request'() {
		const {a, b} = await heard(await connect());
		const request = await beginRekey(a, entropy);
		return {genuine: request, consume: bytes => consumeRekey(b, bytes, NOW, entropy), state: () => b, commits: true};
	},
	async 'rekey answer'() {
		const {a, b} = await heard(await connect());
		const {answer} = must(await consumeRekey(b, await beginRekey(a, entropy), NOW, entropy));
		return {genuine: answer!, consume: bytes => consumeRekey(a, bytes, NOW, entropy), state: () => a, commits: true};
	},
};

for (const [name, make] of Object.entries(stages)) {
	test(`${name}: any bit flipped, any cut, any byte more is dropped and changes nothing; then the genuine one works`, async t => {
		const {genuine, consume, state, commits} = await make();
		const before = digest(state());
		const wrong: string[] = [];
		for (const [damage, bytes] of damaged(genuine)) {
			const step = await consume(bytes);
			if (reason(step) === undefined || digest(state()) !== before) wrong.push(damage);
		}

		t.deepEqual(wrong, []);
		t.is(reason(await consume(genuine)), undefined);
		t.is(digest(state()) !== before, commits);
	});

	test(`${name}: where another message is expected, it is dropped and changes nothing`, async t => {
		const {genuine} = await make();
		for (const [other, expected] of Object.entries(stages)) {
			if (other === name) continue;
			const {consume, state} = await expected();
			const before = digest(state());
			t.truthy(reason(await consume(genuine)), `as ${other}`);
			t.is(digest(state()), before, `as ${other}`);
		}
	});
}

test('a MSG, FIN, RESP or rekey of one session is dropped by the other of the same two, even with the same indices', async t => {
	const [alice, bob] = [person('alice'), person('bob')];
	const responder = responderOf(bob, () => 7);
	const [one, two] = [await meet(7, alice, bob, responder), await meet(7, alice, bob, responder)];
	const [respOne, respTwo] = [await mustResp(one), await mustResp(two)];
	t.is(reason(await consumeResp(one.initiating, respTwo.datagram, NOW)), 'tag');
	const [finOne, finTwo] = [
		must(await consumeResp(one.initiating, respOne.datagram, NOW)),
		must(await consumeResp(two.initiating, respTwo.datagram, NOW)),
	];
	t.is(reason(consumeFin(respOne.state, finTwo.fin)), 'tag');
	t.is(reason(consumeFin(respOne.state, finOne.fin)), undefined);

	const [first, second] = await connectTwice();
	await heard(first);
	await heard(second);
	const before = digest(second);
	t.is(reason(openMsg(second.b, sealMsg(first.a, hello, random).datagram, NOW)), 'tag');
	const request = await beginRekey(first.a, entropy);
	t.is(reason(await consumeRekey(second.b, request, NOW, entropy)), 'signature');
	t.is(digest(second), before);

	const {answer} = must(await consumeRekey(first.b, request, NOW, entropy));
	await beginRekey(second.a, entropy);
	const pending = digest(second);
	t.is(reason(await consumeRekey(second.a, answer!, NOW, entropy)), 'signature');
	t.is(digest(second), pending);
});

test('what comes back to its sender is dropped', async t => {
	const met = await meet();
	const mine = responderOf(met.alice);
	t.is(reason(await consumeInit(mine, met.init, atAlice, NOW, firstContact)), 'ticket-key-id');
	const {datagram, state} = await mustResp(met);
	t.is(reason(consumeFin(state, datagram)), 'malformed');
	const {fin} = must(await consumeResp(met.initiating, datagram, NOW));
	t.is(reason(await consumeResp(met.initiating, fin, NOW)), 'malformed');

	const [{a, b}] = await connectTwice();
	await heard({a, b});
	t.is(a.localIndex, a.remoteIndex);
	const before = digest(a);
	const back = sealMsg(b, hello, random).datagram;
	t.is(reason(openMsg(b, back, NOW)), 'tag', 'each direction has its own keys');
	t.is(digest(a), before);
	const request = await beginRekey(a, entropy);
	t.is(reason(await consumeRekey(a, request, NOW, entropy)), 'role');
	const {answer} = must(await consumeRekey(b, request, NOW, entropy));
	t.is(reason(await consumeRekey(b, answer!, NOW, entropy)), 'role');
});

test('a MSG that has opened never opens again', async t => {
	const {a, b} = await connect();
	const sent = [0, 1, 2].map(() => sealMsg(a, hello, random).datagram);
	for (const index of [2, 0, 1]) t.is(reason(openMsg(b, sent[index]!, NOW)), undefined);
	const before = digest(b);
	for (const datagram of sent) t.is(reason(openMsg(b, datagram, NOW)), 'used');
	t.is(digest(b), before);
});
