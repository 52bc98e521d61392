// Where a session sends to: after its peer, back when the former address answers, and to a better path once that has answered itself.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {
	CHALLENGE_EVERY_MS,
	FASTER_RUN,
	MEASURE_EVERY_MS,
	OFFER_LIMIT,
	OFFER_TRIES,
	PATH_LIMIT,
	SUSPECT_TIMEOUTS,
} from '../../../source/protocol/path/path-limits.ts';
import {
	type PathChallenge,
	type SessionPaths,
	challengePaths,
	createPaths,
	forgetSocket,
	heardOn,
	offerPath,
	pathAcknowledged,
	pathAnswered,
	pathTimedOut,
	pathUnanswered,
	pathsDeadline,
	pathsDue,
	secondPath,
} from '../../../source/protocol/path/session-paths.ts';
import {random} from '../session/pair.ts';

const on = (host: string, socket = 0) => ({socket, address: {host, port: 4000}});
const [atFirst, elsewhere, third] = [on('203.0.113.1'), on('198.51.100.9'), on('198.51.100.10')];
const local = on('192.168.1.7');

/** A session whose current pair is `atFirst`, with these other proven paths, in the order in which they answered. */
function withOthers(...pairs: ReadonlyArray<ReturnType<typeof on>>): SessionPaths {
	const paths = createPaths(atFirst, 0);
	for (const pair of pairs) answer(paths, offerPath(paths, pair, 'direct', 0, random), 0);
	return paths;
}

/** The challenges are answered, one after the other. */
function answer(paths: SessionPaths, challenges: readonly PathChallenge[], now: number): void {
	for (const {token} of challenges) pathAnswered(paths, token, now);
}

const to = (challenges: readonly PathChallenge[]) => challenges.map(challenge => challenge.to);
const currentOf = ({current: {socket, address}}: SessionPaths) => ({socket, address});

test('a peer that has moved is followed at once, though the former address is asked too', t => {
	const paths = createPaths(atFirst, 0);
	const asked = heardOn(paths, elsewhere, 0, random);
	t.deepEqual(to(asked), [atFirst, elsewhere]);
	t.deepEqual(heardOn(paths, elsewhere, 999, random), [], 'once a second');
	t.false(pathAnswered(paths, Buffer.alloc(8), 999));
	t.deepEqual(currentOf(paths), atFirst, 'nobody has proven anything');
	t.true(pathAnswered(paths, asked[1]!.token, 999));
	t.deepEqual(currentOf(paths), elsewhere);
	t.deepEqual(heardOn(paths, elsewhere, 1000, random), []);
});

for (const order of ['before', 'after'] as const) {
	test(`the former address stays, or comes back, when it answers ${order} the other one`, t => {
		const paths = createPaths(atFirst, 0);
		const [own, other] = heardOn(paths, elsewhere, 0, random);
		answer(paths, order === 'before' ? [own!, other!] : [other!, own!], 10);
		t.deepEqual(currentOf(paths), atFirst);
		t.deepEqual(paths.others, [], 'who copies datagrams is no second path');
		t.deepEqual(heardOn(paths, elsewhere, 5009, random), [], 'it is not asked again at once');
		t.is(heardOn(paths, third, 5009, random).length, 2, 'a third one is');
		t.is(heardOn(paths, elsewhere, 6009, random).length, 2);
	});
}

test('a pair that was offered gets a challenge, and no data before it has answered', t => {
	const paths = createPaths(atFirst, 0);
	const asked = offerPath(paths, local, 'local', 0, random);
	t.deepEqual(to(asked), [local]);
	t.deepEqual(offerPath(paths, local, 'local', 1, random), [], 'once');
	t.deepEqual(currentOf(paths), atFirst);
	t.is(secondPath(paths), undefined);
	answer(paths, asked, 3);
	t.deepEqual(currentOf(paths), local);
	t.like(paths.current, {kind: 'local', rtt: 3});
	t.like(paths.others[0], {address: atFirst.address});
});

test('an offered pair that does not answer is asked once a second, and then no more', t => {
	const paths = createPaths(atFirst, 0);
	let count = offerPath(paths, elsewhere, 'direct', 0, random).length;
	for (let now = 0; now < 20_000; now += 10) count += pathsDue(paths, true, now, random).length;
	t.is(count, OFFER_TRIES);
	t.deepEqual(paths.offers, []);
	t.is(pathsDeadline(paths, true), Number.POSITIVE_INFINITY);
});

test('a relayed path gives way to a direct one, and that to a local one', t => {
	const paths = createPaths(atFirst, 0);
	paths.current = {...paths.current, kind: 'relayed'};
	answer(paths, offerPath(paths, elsewhere, 'direct', 0, random), 50);
	t.deepEqual(currentOf(paths), elsewhere);
	answer(paths, offerPath(paths, local, 'local', 0, random), 90);
	t.deepEqual(currentOf(paths), local);
	answer(paths, offerPath(paths, third, 'direct', 0, random), 1);
	t.deepEqual(currentOf(paths), local, 'however fast');
	t.deepEqual(
		paths.others.map(({kind}) => kind),
		['direct', 'direct', 'relayed'],
	);
});

/** So many rounds of challenges, in which the current path and the other one took so long, ms. */
function rounds(paths: SessionPaths, count: number, took: {current: number; other: number}): void {
	for (let round = 0; round < count; round++) {
		const now = paths.measuredAt + MEASURE_EVERY_MS;
		for (const {to: pair, token} of pathsDue(paths, true, now, random)) {
			const isCurrent = pair.address.host === paths.current.address.host;
			pathAnswered(paths, token, now + (isCurrent ? took.current : took.other));
		}
	}
}

test('another path of the same kind takes over when it was clearly faster three times running', t => {
	const paths = withOthers(elsewhere);
	rounds(paths, FASTER_RUN - 1, {current: 100, other: 70});
	rounds(paths, 1, {current: 100, other: 81});
	rounds(paths, FASTER_RUN - 1, {current: 100, other: 70});
	t.deepEqual(currentOf(paths), atFirst, 'not three running');
	rounds(paths, 1, {current: 100, other: 70});
	t.deepEqual(currentOf(paths), elsewhere);
	const near = withOthers(elsewhere);
	rounds(near, 9, {current: 20, other: 11});
	t.deepEqual(currentOf(near), atFirst, '45 % faster, but 9 ms');
	rounds(near, FASTER_RUN + 1, {current: 20, other: 10});
	t.deepEqual(currentOf(near), elsewhere);
});

test('paths are measured once a minute, while content flows and there is another one', t => {
	const paths = withOthers(elsewhere);
	t.deepEqual(pathsDue(paths, true, MEASURE_EVERY_MS - 1, random), []);
	t.is(pathsDeadline(paths, true), MEASURE_EVERY_MS);
	t.deepEqual(pathsDue(paths, false, MEASURE_EVERY_MS, random), []);
	t.is(pathsDeadline(paths, false), Number.POSITIVE_INFINITY);
	t.deepEqual(to(pathsDue(paths, true, MEASURE_EVERY_MS, random)), [atFirst, elsewhere]);
	t.is(pathsDeadline(createPaths(atFirst, 0), true), Number.POSITIVE_INFINITY);
});

test('after three probe timeouts data goes on the second path too, and moves there when that answers', t => {
	const paths = withOthers(elsewhere, third);
	t.deepEqual(pathTimedOut(paths, SUSPECT_TIMEOUTS - 1, 10, random), []);
	t.is(secondPath(paths), undefined);
	const asked = pathTimedOut(paths, SUSPECT_TIMEOUTS, 20, random);
	t.deepEqual(to(asked)[0], atFirst);
	t.is(asked.length, 3);
	t.truthy(secondPath(paths));
	t.deepEqual(pathTimedOut(paths, SUSPECT_TIMEOUTS + 1, 30, random), []);
	t.is(pathsDue(paths, false, 20 + CHALLENGE_EVERY_MS, random).length, 3, 'once a second');
	const again = paths.measured.find(({to: pair}) => pair.address.host === third.address.host);
	t.true(pathAnswered(paths, again!.token, 1100));
	t.deepEqual(currentOf(paths), third);
	t.is(secondPath(paths), undefined);
});

test('too long without an answer is as good as three probe timeouts, and counts once', t => {
	const paths = withOthers(elsewhere);
	t.deepEqual(to(pathUnanswered(paths, 10, random)), [atFirst, elsewhere]);
	t.truthy(secondPath(paths));
	t.deepEqual(pathUnanswered(paths, 20, random), []);
	t.deepEqual(pathTimedOut(paths, SUSPECT_TIMEOUTS, 20, random), []);
});

test('a suspect path that answers, or on which something arrived, is none', t => {
	const paths = withOthers(elsewhere);
	const [own] = pathTimedOut(paths, SUSPECT_TIMEOUTS, 0, random);
	t.false(pathAnswered(paths, own!.token, 40));
	t.is(secondPath(paths), undefined);
	pathTimedOut(paths, SUSPECT_TIMEOUTS, 50, random);
	pathAcknowledged(paths);
	t.is(secondPath(paths), undefined);
	t.deepEqual(currentOf(paths), atFirst);
});

test('while the path is suspect, a pair that a new introduction has proven takes over once it answers', t => {
	const paths = createPaths(atFirst, 0);
	pathTimedOut(paths, SUSPECT_TIMEOUTS, 0, random);
	const asked = offerPath(paths, elsewhere, 'direct', 5, random);
	t.is(secondPath(paths), undefined);
	answer(paths, asked, 40);
	t.deepEqual(currentOf(paths), elsewhere);
});

test('of more paths than a session keeps the slowest is forgotten', t => {
	const paths = createPaths(atFirst, 0);
	for (const [index, rtt] of [40, 10, 30, 20].entries()) {
		answer(paths, offerPath(paths, on(`198.51.100.${index}`), 'direct', 0, random), rtt);
	}

	t.deepEqual(
		paths.others.map(path => path.rtt),
		[10, 20, 30],
	);
	t.is(paths.others.length, PATH_LIMIT - 1);
});

test('the same address on two sockets is two paths; a closed socket takes its own away', t => {
	const other = on(atFirst.address.host, 1);
	const paths = withOthers(other, elsewhere);
	t.is(paths.others.length, 2);
	forgetSocket(paths, 0);
	t.deepEqual([currentOf(paths), paths.others], [other, []]);
	forgetSocket(paths, 1);
	t.deepEqual(currentOf(paths), other, 'the last one stays');
});

test('whoever copies datagrams from two addresses by turns has each challenged no more than once a second', t => {
	const paths = createPaths(atFirst, 0);
	const [one, two] = [on('198.51.100.7'), on('198.51.100.8')];
	let now = 0;
	let challenges = 0;
	for (let turn = 0; turn < 100; turn++, now += 10) {
		const sent = heardOn(paths, turn % 2 === 0 ? one : two, now, random);
		challenges += sent.length;
		for (const each of sent) if (each.to.address.host === atFirst.address.host) pathAnswered(paths, each.token, now);
	}

	t.is(challenges, 2);
});

test('whatever comes, four proven paths are kept, six offers, and unproven pairs get a challenge a second each', t => {
	const event = fc.record({
		what: fc.constantFrom('hear', 'offer', 'answer', 'time out', 'challenge all', 'due'),
		which: fc.nat(30),
		after: fc.nat(700),
	});
	const property = fc.property(fc.array(event, {maxLength: 200}), events => {
		const paths = createPaths(atFirst, 0);
		const open: PathChallenge[] = [];
		const proven = new Set([atFirst.address.host]);
		const last = new Map<string, number>();
		let now = 0;
		for (const {what, which, after} of events) {
			now += after;
			const pair = on(`198.51.100.${which}`);
			const sent: readonly PathChallenge[] =
				what === 'hear'
					? heardOn(paths, pair, now, random)
					: what === 'offer'
						? offerPath(paths, pair, 'direct', now, random)
						: what === 'time out'
							? pathTimedOut(paths, which, now, random)
							: what === 'challenge all'
								? challengePaths(paths, now, random)
								: what === 'due'
									? pathsDue(paths, true, now, random)
									: [];
			open.push(...sent);
			if (what === 'answer' && open.length > 0) {
				const [answered] = open.splice(which % open.length, 1);
				const before = paths.current.address.host;
				pathAnswered(paths, answered!.token, now);
				proven.add(answered!.to.address.host);
				if (paths.current.address.host !== before && !proven.has(paths.current.address.host)) return false;
			}

			for (const {
				to: {address},
			} of sent) {
				if (proven.has(address.host)) continue;
				if (now - (last.get(address.host) ?? -CHALLENGE_EVERY_MS) < CHALLENGE_EVERY_MS) return false;
				last.set(address.host, now);
			}

			if (paths.others.length >= PATH_LIMIT || paths.offers.length > OFFER_LIMIT) return false;
		}

		return true;
	});
	t.notThrows(() => fc.assert(property));
});
