// What `npm run chaos -- --devices` looks for is found when it is there: between the devices of a person, and between two people.
import test from 'ava';
import {digestOf} from '../../tools/chaos/check.ts';
import {type Evidence, type Views, checkDevices, isSettled, newEvidence} from '../../tools/chaos/devices/check.ts';
import {type Shown, type View} from '../../tools/chaos/devices/lines.ts';
import {type DeviceName, PLACES} from '../../tools/chaos/devices/plan.ts';
import {type Person, editOf, textOf} from '../../tools/chaos/seed.ts';

const words = {textOf: (stamp: number) => textOf('seed', 'alice', stamp), editOf};

function shown(own: boolean, stamp: number): Shown {
	const digest = digestOf(words.textOf(stamp));
	const plain = {edited: 0, ownReaction: 0, theirReaction: 0, erased: false};
	return {own, id: `id ${stamp}`, stamp, state: 'delivered', digest, ...plain};
}

function viewsOf(person: Person): Array<Views[number]> {
	return PLACES.filter(place => place.person === person).map(place => ({place, view: viewOf(person)}));
}

/** Alice has said 1 to 3 on her first device, and all devices of both show it. */
function whole() {
	const evidence: Record<Person, Evidence> = {alice: newEvidence(), bob: newEvidence()};
	for (const stamp of [1, 2, 3]) {
		evidence.alice.ordered.set(stamp, 'alice-1');
		evidence.alice.returned.set(`id ${stamp}`, stamp);
		evidence.alice.landed.set(`id ${stamp}`, BigInt(stamp));
		evidence.alice.claimed.set(`id ${stamp}`, BigInt(stamp + 1));
	}

	return {alice: viewsOf('alice'), bob: viewsOf('bob'), evidence};
}

function viewOf(person: Person): View {
	const messages = [1, 2, 3].map(stamp => shown(person === 'alice', stamp));
	const quiet = {
		unread: 0,
		outbox: 0,
		nickname: 0,
		muted: false,
		blocked: false,
		fleeting: 0,
		lacking: 0,
		isOut: false,
	};
	return {digest: 'all', count: 3, standing: '', messages, ...quiet};
}

type Run = ReturnType<typeof whole>;
const kindsOf = ({alice, bob, evidence}: Run) =>
	checkDevices(alice, bob, evidence.alice, evidence.bob, words).map(({kind}) => kind);

/** All devices of a person show these of the messages. */
function show(views: Array<Views[number]>, stamps: readonly number[]): void {
	for (const [index, {place, view}] of views.entries())
		views[index] = {place, view: {...view, messages: view.messages!.filter(({stamp}) => stamps.includes(stamp))}};
}

test('devices that have the same pass, and so does what was forgotten by one of both, and what has disappeared', t => {
	t.deepEqual(kindsOf(whole()), []);
	const forgotten = whole();
	for (const stamp of [1, 2]) forgotten.evidence.alice.forgotten.add(`out id ${stamp}`);
	show(forgotten.alice, [3]);
	t.deepEqual(kindsOf(forgotten), [], 'by alice');
	const peers = whole();
	for (const stamp of [1, 2]) peers.evidence.bob.forgotten.add(`in id ${stamp}`);
	show(peers.bob, [3]);
	t.deepEqual(kindsOf(peers), [], 'by bob');
	const fleeting = whole();
	fleeting.evidence.alice.returned.delete('id 2');
	fleeting.evidence.alice.fleeting.add('id 2');
	fleeting.evidence.alice.landed.delete('id 2');
	for (const views of [fleeting.alice, fleeting.bob]) show(views, [1, 3]);
	t.deepEqual(kindsOf(fleeting), []);
});

const damages: Record<string, [(run: Run) => unknown, string[]]> = {
	'one that was forgotten and is back': [
		({evidence}) => evidence.alice.forgotten.add('out id 2'),
		Array(3).fill('altered'),
	],
	'one that was to disappear and is there': [
		({evidence}) => evidence.alice.fleeting.add('id 2'),
		Array(3).fill('altered'),
	],
	'one that a removed device has said': [({evidence}) => evidence.alice.outcast.add(2), Array(3).fill('altered')],
	'one that is gone, and nobody has forgotten it': [({alice}) => show(alice, [1, 2]), ['altered', 'forgotten']],
	'one that never came to the other person': [({bob}) => show(bob, [1, 2]), ['lost']],
	'one that a single device has not': [
		({alice}) => {
			const {place, view} = alice[1]!;
			alice[1] = {place, view: {...view, digest: 'less', messages: view.messages!.slice(1)}};
		},
		['lost', 'altered'],
	],
};

for (const [name, [damage, kinds]] of Object.entries(damages)) {
	test(`found: ${name}`, t => {
		const run = whole();
		damage(run);
		t.deepEqual(kindsOf(run), kinds);
	});
}

/** Of everybody, with `change` at one device of bob. */
function everybody(change: Partial<View> = {}): Map<DeviceName, View> {
	return new Map(PLACES.map(({name, person}) => [name, {...viewOf(person), ...(name === 'bob-2' ? change : {})}]));
}

test('all is quiet when nobody is blocked, nothing waits, and nothing is to disappear', t => {
	t.true(isSettled(everybody(), PLACES));
	for (const change of [{blocked: true}, {outbox: 1}, {fleeting: 1}, {lacking: 1}, {digest: 'other'}])
		t.false(isSettled(everybody(change), PLACES), JSON.stringify(change));
});
