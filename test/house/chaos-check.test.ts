// What `npm run chaos` looks for is found when it is there, and the same seed draws the same run.
import test from 'ava';
import {
	type Evidence,
	type Histories,
	type Seen,
	check,
	checkProgress,
	checkRestart,
	digestOf,
	forgottenByReceiver,
	newEvidence,
} from '../../tools/chaos/check.ts';
import {burstOf, mischiefOf, targetFor} from '../../tools/chaos/mischief.ts';
import {editOf, gapOf, roundOf, textOf} from '../../tools/chaos/seed.ts';
import {decodeContent} from '../../source/content/content.ts';

const COUNT = 5;
const text = (number: number) => textOf('seed', 'alice', number);
const script = {textOf: text, editOf};
const idOf = (number: number) => `id ${number}`;
const numbers = Array.from({length: COUNT}, (_, index) => index + 1);

function message(number: number, change: Partial<Seen> = {}): Seen {
	const digest = digestOf(text(number));
	return {id: idOf(number), number, state: 'delivered', digest, edited: 0, erased: false, reaction: 0, ...change};
}

/** A direction in which all went well: number n was on the receiver's disk at 10 n, and its sender said so at 10 n + 1. */
function whole(): {histories: {sent: Seen[]; received: Seen[]}; evidence: Evidence} {
	const byId = <Value>(value: (number: number) => Value) =>
		new Map(numbers.map(number => [idOf(number), value(number)] as const));
	return {
		histories: {sent: numbers.map(number => message(number)), received: numbers.map(number => message(number))},
		evidence: {
			...newEvidence(),
			returned: byId(number => number),
			landed: byId(number => BigInt(10 * number)),
			claimed: byId(number => BigInt(10 * number + 1)),
		},
	};
}

function edit(side: Seen[], number: number, after: number): void {
	side.splice(number - 1, 1, message(number, {edited: after, digest: digestOf(editOf(number, after))}));
}

const kindsOf = (histories: Histories, evidence: Evidence) => check(histories, evidence, script).map(({kind}) => kind);

test('a talk that is whole passes, with what was done about its messages', t => {
	const {histories, evidence} = whole();
	t.deepEqual(check(histories, evidence, script), []);
	t.deepEqual(checkRestart(histories.sent.slice(2), evidence), []);
	for (const side of [histories.sent, histories.received]) {
		edit(side, 2, 4);
		side.splice(2, 2, message(3, {reaction: 5}), message(4, {number: 0, erased: true, digest: digestOf('')}));
	}

	evidence.edited.set(idOf(2), 3);
	evidence.reacted.set(idOf(3), 5);
	evidence.erased.add(idOf(4));
	t.deepEqual(check(histories, evidence, script), []);
});

const damages: Record<string, [(run: ReturnType<typeof whole>) => unknown, string[]]> = {
	'one that never came': [({histories}) => histories.received.splice(2, 1), ['lost']],
	'the newest, which never came': [({histories}) => histories.received.pop(), ['lost']],
	'one that came twice': [({histories}) => histories.received.splice(3, 0, message(2)), ['doubled']],
	'everything, backwards': [
		({histories}) => histories.received.push(...histories.received.splice(0).toReversed()),
		['out of order', 'out of order', 'out of order', 'out of order'],
	],
	'neighbours that changed places': [
		({histories}) => histories.received.splice(1, 2, message(3), message(2)),
		['out of order'],
	],
	'one that nobody sent': [({histories}) => histories.received.push(message(9)), ['altered']],
	'one that reads otherwise over there': [
		({histories}) => histories.received.splice(1, 1, message(2, {digest: digestOf('2 no')})),
		['altered'],
	],
	'one that is written down twice at its sender': [
		({histories}) => {
			const twin = message(3, {id: 'twin'});
			histories.sent.splice(3, 0, twin);
			histories.received.splice(3, 0, twin);
		},
		['out of order'],
	],
	'one that send returned for, gone on both sides': [
		({histories}) => {
			histories.sent.pop();
			histories.received.pop();
		},
		['forgotten'],
	],
	'an edit that came to one side only': [({histories}) => edit(histories.sent, 2, 4), ['altered']],
	'an edit that had returned, gone on both sides': [({evidence}) => evidence.edited.set(idOf(2), 4), ['forgotten']],
	'an edit into something else': [
		({histories}) => {
			for (const side of [histories.sent, histories.received]) {
				side.splice(1, 1, message(2, {edited: 4, digest: digestOf('2 as nobody said')}));
			}
		},
		['altered'],
	],
	'one that is deleted on one side only': [
		({histories}) => histories.sent.splice(1, 1, message(2, {number: 0, erased: true, digest: digestOf('')})),
		['altered'],
	],
	'one that is deleted, and its text still there': [
		({histories}) => {
			for (const side of [histories.sent, histories.received]) side.splice(1, 1, message(2, {erased: true}));
		},
		['altered'],
	],
	'a deletion that had returned, gone on both sides': [({evidence}) => evidence.erased.add(idOf(2)), ['forgotten']],
	'a reaction that its sender does not see': [
		({histories}) => histories.received.splice(1, 1, message(2, {reaction: 3})),
		['altered'],
	],
	'a reaction that had returned, gone on both sides': [({evidence}) => evidence.reacted.set(idOf(2), 3), ['forgotten']],
	'one that still waits although it has come': [
		({histories}) => histories.sent.splice(4, 1, message(5, {state: 'queued'})),
		['false state'],
	],
	'one that was called delivered too early': [({evidence}) => evidence.claimed.set(idOf(4), 39n), ['false state']],
	'one that was called delivered and was nowhere': [({evidence}) => evidence.landed.delete(idOf(1)), ['false state']],
};

for (const [what, [damage, kinds]] of Object.entries(damages)) {
	test(`found: ${what}`, t => {
		const run = whole();
		damage(run);
		t.deepEqual(kindsOf(run.histories, run.evidence), kinds);
	});
}

test('after a restart: what send had returned for is there, and what was delivered stays so', t => {
	const {histories, evidence} = whole();
	const shown = histories.sent.filter(({number}) => number !== 4);
	t.deepEqual(
		checkRestart(shown, evidence).map(({kind}) => kind),
		['forgotten'],
	);
	const [first, ...rest] = histories.sent;
	evidence.edited.set(idOf(5), 7);
	evidence.reacted.set(idOf(3), 7);
	t.deepEqual(
		checkRestart(histories.sent, evidence).map(({kind}) => kind),
		['forgotten'],
	);
	t.deepEqual(
		forgottenByReceiver(histories.received, evidence).map(({kind}) => kind),
		['forgotten'],
	);
	evidence.edited.clear();
	t.deepEqual(
		checkRestart([{...first!, state: 'queued'}, ...rest], evidence).map(({kind}) => kind),
		['false state'],
	);
});

test('a seed draws the same victims, moments and texts each time, and another seed draws others', t => {
	t.deepEqual(drawn('one'), drawn('one'));
	t.notDeepEqual(drawn('one'), drawn('two'));
});

function drawn(seed: string): unknown[] {
	return Array.from({length: 100}, (_, index) => [
		roundOf(seed, index + 1),
		textOf(seed, 'bob', index + 1),
		gapOf(seed, 'bob', index + 1),
	]);
}

test('a pair that a stranger keeps from talking is starved', t => {
	t.deepEqual(checkProgress(10, 50), []);
	t.deepEqual(
		checkProgress(9, 50).map(({kind}) => kind),
		['starved'],
	);
	t.deepEqual(checkProgress(0, 0), [], 'before the first round');
});

test('the stranger says the same for the same seed: edits of one message, nesting 6 KiB deep, and bytes that are no content', t => {
	const said = Array.from({length: 200}, (_, index) => mischiefOf('seed', 'alice', index + 1, 1));
	t.deepEqual(mischiefOf('seed', 'alice', 1, 1), said[0]);
	t.deepEqual(burstOf('seed', 1), burstOf('seed', 1));
	t.notDeepEqual(burstOf('seed', 1), burstOf('other', 1));
	const target = decodeContent(targetFor('seed', 'alice', 1));
	const contents = said.map(bytes => decodeContent(bytes));
	const edits = contents.flatMap(content => (content?.kind === 'edit' ? [content] : []));
	t.true(
		target?.kind === 'text' &&
			edits.length > 50 &&
			edits.every(each => each.target?.isOwn === true && each.target.id.equals(target.id)),
	);
	t.true(contents.includes(undefined), 'no content');
	t.true(said.some(bytes => bytes.subarray(-6000).every((byte, index) => byte === (index < 5999 ? 0x81 : 0))));
});
