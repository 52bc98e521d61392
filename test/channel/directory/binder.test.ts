import {Buffer} from 'node:buffer';
import {readFile} from 'node:fs/promises';
import {mock} from 'node:test';
import test from 'ava';
import {Binder} from '../../../source/channel/directory/binder.ts';
import {type DirectorySession} from '../../../source/protocol/login/login-keys.ts';
import {recordState} from '../../../source/protocol/login/records.ts';
import {consumeBind, createBound} from '../../../source/protocol/path/bind.ts';
import {type Address, addressText} from '../../../source/wire/address.ts';

const server: Address = {host: '10.0.0.1', port: 7406};
const here: Address = {host: '192.0.2.1', port: 1000};
const there: Address = {host: '192.0.2.2', port: 2000};

function sessionOf(number: number): DirectorySession {
	return {
		sessionId: Buffer.alloc(16, number),
		ticketKeyId: Buffer.alloc(8, number),
		ticketKey: Buffer.alloc(64, number),
		bindKey: Buffer.alloc(32, number),
		send: recordState(Buffer.alloc(64, number), 0),
		receive: recordState(Buffer.alloc(64, number), 0),
		observed: here,
		clockOffset: 0,
	};
}

/** A binder whose clock stands still, what it sent and what it told. */
class Bench {
	readonly session = sessionOf(1);
	/** Times that the BINDs named. */
	readonly times: number[] = [];
	readonly told: Array<string | undefined> = [];
	readonly drops: string[] = [];
	/** Bytes of all BINDs. */
	bytes = 0;
	now = 1000.4;
	readonly binder = new Binder({
		serverTime: () => this.now,
		transmit: (datagram, to) => {
			const sender = [this.session, sessionOf(2)].map(session => ({session, bindTimes: []}));
			const find = (id: Buffer) => sender.find(({session}) => session.sessionId.equals(id));
			const bind = consumeBind(datagram, this.now, find, () => 0);
			this.bytes += datagram.length;
			this.times.push(to === server && bind ? bind.time : Number.NaN);
		},
		elapsed: () => this.now,
		onSeen: observed => this.told.push(observed && addressText(observed)),
		onDrop: reason => this.drops.push(reason),
	});

	answer(observed = here, time = this.times.at(-1)!, session = this.session): Buffer {
		const datagram = createBound(session, time, observed);
		this.binder.receive(datagram);
		return datagram;
	}
}

/** Ms until the next BIND. */
function pause(bench: Bench): number {
	const before = bench.times.length;
	for (let ms = 1; ms <= 60_000; ms++) {
		mock.timers.tick(1);
		if (bench.times.length > before) return ms;
	}

	throw new Error('no BIND comes any more');
}

/** Time passes, with all that comes of it. */
function pass(span: number): void {
	for (let ms = 0; ms < span; ms++) mock.timers.tick(1);
}

test.beforeEach(() => mock.timers.enable({apis: ['setTimeout']}));
test.afterEach.always(() => mock.timers.reset());

test.serial('it asks at once, then with growing pauses, each time with a later time though the clock stands', t => {
	const bench = new Bench();
	bench.binder.start(bench.session, server);
	t.is(bench.times.length, 1);
	t.deepEqual(
		Array.from({length: 7}, () => pause(bench)),
		[500, 1000, 2000, 4000, 8000, 8000, 8000],
	);
	t.deepEqual(bench.times, [1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007]);
	t.deepEqual(bench.told, [], 'no news that nothing is known');
	bench.binder.stop();
});

test.serial('an answer is told once, and the next question comes after 15 s', t => {
	const bench = new Bench();
	bench.binder.start(bench.session, server);
	bench.answer();
	t.deepEqual(bench.told, [addressText(here)]);
	for (let round = 0; round < 3; round++) {
		t.is(pause(bench), 15_000);
		bench.answer();
	}

	t.deepEqual(bench.told, [addressText(here)]);
	t.is(pause(bench), 15_000);
	bench.answer(there);
	t.deepEqual(bench.told, [addressText(here), addressText(there)]);
	bench.binder.stop();
});

test.serial('without three answers in a row the address is lost, until one comes', t => {
	const bench = new Bench();
	bench.binder.start(bench.session, server);
	bench.answer();
	for (const ms of [15_000, 500, 1000]) t.is(pause(bench), ms);
	t.deepEqual(bench.told, [addressText(here)]);
	t.is(pause(bench), 2000);
	t.deepEqual(bench.told, [addressText(here), undefined]);
	t.is(pause(bench), 4000);
	bench.answer();
	t.deepEqual(bench.told, [addressText(here), undefined, addressText(here)]);
	t.is(pause(bench), 15_000);
	t.is(pause(bench), 500);
	bench.binder.stop();
});

test.serial('only an answer to a question that is open counts, and once', t => {
	const bench = new Bench();
	bench.binder.start(bench.session, server);
	pause(bench);
	const [first = 0, second = 0] = bench.times;
	const forged = createBound({...bench.session, bindKey: Buffer.alloc(32)}, second, there);
	const damaged = createBound(bench.session, second, there);
	damaged[40]! ^= 1;
	for (const datagram of [forged, damaged, Buffer.alloc(0), damaged.subarray(1)]) bench.binder.receive(datagram);
	bench.answer(there, second + 1);
	bench.answer(there, second, sessionOf(2));
	t.deepEqual(bench.told, []);
	const late = bench.answer(here, first);
	t.deepEqual(bench.told, [addressText(here)]);
	bench.answer(there, second);
	bench.binder.receive(late);
	t.deepEqual(bench.told, [addressText(here)]);
	bench.binder.stop();
});

test.serial('of many open questions the latest eight may be answered', t => {
	const bench = new Bench();
	bench.binder.start(bench.session, server);
	for (let count = 1; count < 20; count++) pause(bench);
	bench.answer(here, bench.times.at(-9));
	t.deepEqual(bench.told, []);
	bench.answer(here, bench.times.at(-8));
	t.deepEqual(bench.told, [addressText(here)]);
	bench.binder.stop();
});

test.serial('once stopped it asks nothing, hears nothing, and the address is gone', t => {
	const bench = new Bench();
	bench.binder.start(bench.session, server);
	bench.answer();
	bench.binder.stop();
	bench.binder.stop();
	t.deepEqual(bench.told, [addressText(here), undefined]);
	bench.answer();
	mock.timers.tick(120_000);
	t.is(bench.times.length, 1);
	t.deepEqual(bench.told, [addressText(here), undefined]);
});

test.serial('a new session is asked for at once; answers for the one before are nothing to it', t => {
	const bench = new Bench();
	bench.binder.start(bench.session, server);
	pause(bench);
	bench.now = 500;
	bench.binder.start(sessionOf(2), server);
	t.deepEqual(bench.times, [1000, 1001, 500]);
	bench.answer(here, 1001);
	bench.answer(here, 500);
	t.deepEqual(bench.told, []);
	bench.answer(here, 500, sessionOf(2));
	t.deepEqual(bench.told, [addressText(here)]);
	bench.binder.stop();
});

test.serial(
	'whoever wants an introduction waits until the directory has seen our socket, or does not answer',
	async t => {
		const heard: string[] = [];
		const bench = new Bench();
		const wait = (what: string) => bench.binder.settled().then(() => heard.push(what));
		await wait('no session');
		bench.binder.start(bench.session, server);
		const first = wait('answered');
		await Promise.resolve();
		t.deepEqual(heard, ['no session']);
		bench.answer();
		await first;
		await wait('known');
		bench.binder.start(bench.session, server);
		const vain = wait('in vain');
		for (let count = 0; count < 2; count++) pause(bench);
		await Promise.resolve();
		t.deepEqual(heard, ['no session', 'answered', 'known']);
		pause(bench);
		await vain;
		await wait('still in vain');
		bench.binder.start(bench.session, server);
		const left = wait('left');
		bench.binder.stop();
		await left;
		t.deepEqual(heard, ['no session', 'answered', 'known', 'in vain', 'still in vain', 'left']);
	},
);

const second: Address = {host: '10.0.0.1', port: 7407};
const other: Address = {host: '2001:db8::1', port: 7406};

/** A binder with several reflectors, and what went to each. */
function several() {
	const session = sessionOf(1);
	const asked: Array<{readonly to: string; readonly time: number}> = [];
	const told: Array<string | undefined> = [];
	const clock = {now: 1000};
	let forgotten = 0;
	let elsewhere = 0;
	const find = (id: Buffer) => (session.sessionId.equals(id) ? {session, bindTimes: []} : undefined);
	const binder = new Binder({
		serverTime: () => clock.now,
		elapsed: () => clock.now,
		transmit(datagram, to) {
			asked.push({to: addressText(to), time: consumeBind(datagram, clock.now, find, () => 0)!.time});
		},
		onSeen: best => told.push(best && addressText(best)),
		onForgotten: () => forgotten++,
		onElsewhere: () => elsewhere++,
	});
	binder.start(session, server);
	return {
		binder,
		asked,
		told,
		clock,
		forgotten: () => forgotten,
		elsewhere: () => elsewhere,
		answer: (from: Address, observed: Address) => {
			const {time} = asked.findLast(({to}) => to === addressText(from))!;
			binder.receive(createBound(session, time, observed));
		},
		askedSince: (count: number) => asked.slice(count).map(({to}) => to),
	};
}

test.serial('every reflector is asked at once, each time with a time that no other BIND has', t => {
	const {binder, asked} = several();
	binder.others([second, other, server, second]);
	t.deepEqual(
		asked.map(({to}) => to),
		[server, second, other].map(address => addressText(address)),
	);
	pass(2000);
	t.is(new Set(asked.map(({time}) => time)).size, asked.length);
	binder.others([other]);
	const before = asked.length;
	pass(20_000);
	t.false(
		asked.slice(before).some(({to}) => to === addressText(second)),
		'it is named no more',
	);
	binder.stop();
});

test.serial('what each reflector saw tells the mapping, and the best is what the first that answers saw', t => {
	const {binder, told, answer} = several();
	binder.others([second]);
	answer(second, there);
	t.deepEqual(told, [addressText(there)]);
	answer(server, here);
	t.deepEqual(told, [addressText(there), addressText(here)]);
	t.deepEqual(
		binder.sightings.map(({reflector, observed}) => [reflector.port, addressText(observed)]),
		[
			[server.port, addressText(here)],
			[second.port, addressText(there)],
		],
	);
	binder.stop();
	t.deepEqual(binder.sightings, []);
});

test.serial('an introduction waits for the other reflectors too, but not for one that does not answer', async t => {
	const {binder, answer} = several();
	binder.others([second, other]);
	const heard: string[] = [];
	const settled = binder.settled().then(() => heard.push('settled'));
	answer(server, here);
	answer(second, here);
	await Promise.resolve();
	t.deepEqual(heard, []);
	mock.timers.tick(400);
	await settled;
	t.deepEqual(heard, ['settled']);
	t.false(binder.isUnseen);
	binder.stop();
});

test.serial('where no reflector answers, nothing of ours is seen', async t => {
	const {binder} = several();
	binder.others([second]);
	t.false(binder.isUnseen);
	const settled = binder.settled();
	pass(5000);
	await settled;
	t.true(binder.isUnseen);
	binder.stop();
	t.false(binder.isUnseen);
});

test.serial('after a change of the interfaces all are asked at once', t => {
	const {binder, asked, answer, askedSince} = several();
	binder.others([second]);
	answer(server, here);
	answer(second, here);
	const before = asked.length;
	binder.moved();
	t.deepEqual(askedSince(before), [addressText(server), addressText(second)]);
	binder.stop();
});

test.serial('where a router was seen to forget us, the silence is shorter for a while', t => {
	const {binder, clock, asked, answer, forgotten} = several();
	answer(server, here);
	t.is(binder.silenceMs, 15_000);
	mock.timers.tick(15_000);
	clock.now += 15_000;
	answer(server, {...here, port: here.port + 1});
	t.is(binder.silenceMs, 10_000);
	t.is(forgotten(), 1);
	const before = asked.length;
	mock.timers.tick(10_000);
	t.is(asked.length, before + 1);
	clock.now += 600_001;
	t.is(binder.silenceMs, 15_000);
	binder.stop();
});

/** A server that names four other reflectors each so many ms, for ten minutes: BINDs to them, B/s, and how many were left out. */
function pointedElsewhere(everyMs: number): {rate: number; bench: Bench; named: number} {
	const bench = new Bench();
	bench.binder.start(bench.session, server);
	bench.answer();
	const own = bench.bytes;
	const seconds = 600;
	let named = 0;
	for (let ms = 0; ms < seconds * 1000; ms++) {
		bench.now++;
		if (ms % everyMs === 0) {
			bench.binder.others([1, 2, 3, 4].map(last => ({host: `198.51.100.${last}`, port: 1 + (named++ % 60_000)})));
		}

		mock.timers.tick(1);
	}

	bench.binder.stop();
	return {rate: Math.round((bench.bytes - own) / seconds), bench, named};
}

test.serial(
	'a hostile server names a thousand times a second where else to ask: the numbers of docs/security.md',
	async t => {
		const [often, seldom] = [pointedElsewhere(1), pointedElsewhere(8000)];
		const asked = often.named - often.bench.drops.length;
		t.true(asked <= 16 + 300 + 1 && asked >= 300, `${asked} were asked`);
		t.deepEqual(new Set(often.bench.drops), new Set(['rate']));
		t.deepEqual(seldom.bench.drops, []);
		const words = `BINDs of ${often.rate} B/s when it names others a thousand times a second, ${seldom.rate} B/s when it leaves each time for our repeats`;
		t.log(words);
		const page = await readFile(new URL('../../../docs/security.md', import.meta.url), 'utf8');
		t.true(page.replaceAll(/\s+/g, ' ').includes(words), words);
	},
);

test.serial('a server that changes its mind after that is still asked at its new reflectors, before long', t => {
	const bench = new Bench();
	bench.binder.start(bench.session, server);
	for (let port = 1; port <= 40; port++) bench.binder.others([{host: '198.51.100.1', port}]);
	t.is(bench.binder.reflectors.length, 1);
	bench.now += 2000;
	bench.binder.others([{host: '198.51.100.1', port: 7407}]);
	t.is(bench.binder.reflectors.length, 2);
	bench.binder.stop();
});

test.serial(
	'a way that is in doubt: all are asked at once, and a router that has forgotten us is noticed all the same',
	t => {
		const {binder, asked, answer, askedSince, forgotten} = several();
		binder.others([second]);
		answer(server, here);
		answer(second, here);
		const before = asked.length;
		binder.look();
		t.deepEqual(askedSince(before), [addressText(server), addressText(second)]);
		answer(server, {...here, port: here.port + 1});
		t.is(forgotten(), 1);
		binder.moved();
		answer(server, {...here, port: here.port + 2});
		t.is(forgotten(), 1, 'after a change of our own it says nothing');
		binder.stop();
	},
);

test.serial(
	'another host than before is told of, however long the reflector was silent; another port, and another family, are not',
	t => {
		const {binder, clock, asked, answer, elsewhere} = several();
		binder.others([other]);
		answer(server, here);
		answer(other, {host: '2001:db8::7', port: 1});
		answer(other, {host: '2001:db8::7', port: 1});
		binder.look();
		answer(server, {...here, port: here.port + 1});
		t.is(elsewhere(), 0);
		binder.look();
		for (let lost = 0; lost < 10; lost++) {
			mock.timers.tick(8000);
			clock.now += 8000;
		}

		t.deepEqual(binder.sightings, [], 'nothing is seen of us any more');
		t.true(asked.length > 5);
		answer(server, there);
		t.is(elsewhere(), 1);
		binder.stop();
	},
);
