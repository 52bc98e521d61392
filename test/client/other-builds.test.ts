// Two builds that do not know the same: what one says and the other cannot read ends, one way or the other.
import {Buffer} from 'node:buffer';
import {encode} from 'cborg';
import test from 'ava';
import {sha256} from '../../source/crypto/hash.ts';
import {talkWith} from '../../source/messaging/conversation.ts';
import {type Act} from '../../source/messaging/history/history.ts';
import {type Content, encodeContent} from '../../source/content/content.ts';
import {Neighbourhood, until} from '../twins/neighbourhood.ts';
import {otherBuild} from '../twins/other-build.ts';

const NOW = 1_800_000_000_000;
const id = (number: number) => Buffer.alloc(16, number);
const item = (...fields: unknown[]) => Buffer.from(encode(fields));
const digest = (content: Buffer) => sha256(content).subarray(0, 16).toString('hex');
const receiptsIn = (heard: readonly Content[]) =>
	heard.flatMap(content => (content.kind === 'receipt' ? content.ids.map(each => each.toString('hex')) : []));
const refusedIn = (heard: readonly Content[]) =>
	heard.flatMap(content => (content.kind === 'refusal' ? content.digests.map(each => each.toString('hex')) : []));

test('what this build does not know gets its receipt, what is no content a refusal, and a refusal nothing', async t => {
	const town = new Neighbourhood();
	const bob = town.join('bob');
	const {say, heard} = await otherBuild(town, 'zoe', bob);
	const unsound = [
		item(1, id(9), NOW, 'dies at once', {life: 0}),
		item(4, id(9), NOW, id(1), ''),
		item(6, id(9), NOW, [true, id(1)], 'x'.repeat(65)),
		Buffer.from('ff', 'hex'),
		Buffer.alloc(0),
		item('no kind'),
	];
	const unanswered = [
		item(10, [id(1)], 'why'),
		item(2, []),
		item(3, 7),
		item(100, 'a kind without an id'),
		item(10, [id(2)], 7),
	];
	say(item(100, id(1), NOW, {of: 'a later build'}), ...unsound, ...unanswered, ...unanswered);
	say(item(1, id(2), NOW, 'a text', {'of a later build': [1.5, null]}), item(77, id(3), NOW));
	await until(() => receiptsIn(heard).length === 3 && refusedIn(heard).length === unsound.length);
	say(item(1, id(4), NOW, 'and goes on'));
	await until(() => receiptsIn(heard).length === 4);
	t.deepEqual(
		receiptsIn(heard),
		[id(1), id(2), id(3), id(4)].map(each => each.toString('hex')),
	);
	t.deepEqual(refusedIn(heard), unsound.map(digest));
	t.deepEqual(
		bob.inbox.map(({text}) => text),
		['a text', 'and goes on'],
	);
	town.close();
});

test('what the other side cannot read has failed, is not said again, and holds nothing up', async t => {
	const town = new Neighbourhood();
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	town.meet();
	const act: Act = {
		kind: 'reaction',
		id: id(7).toString('hex'),
		conversation: talkWith('bob'),
		direction: 'out',
		time: NOW,
		state: 'queued',
		reason: undefined,
		target: {direction: 'in', id: id(1).toString('hex')},
		value: 'no emoji is as long as this one is, for there are limits to what people feel',
	};
	alice.exchanges.queue(talkWith('bob'), [act]);
	const [after] = alice.send('bob', 'after it');
	await until(() => alice.refused.length > 0 && alice.delivered.length > 0);
	t.deepEqual(alice.refused, [act.id]);
	t.deepEqual(alice.delivered, [after]);
	t.deepEqual(alice.with('bob').outbox, []);
	t.is(alice.with('bob').outboxSize, 0);
	t.deepEqual(
		bob.inbox.map(({text}) => text),
		['after it'],
	);
	town.close();
});

test('a peer cannot refuse what it was not told', async t => {
	const town = new Neighbourhood();
	const bob = town.join('bob');
	const {say, heard} = await otherBuild(town, 'zoe', bob);
	bob.with('zoe').presence('online');
	const [waiting] = bob.send('zoe', 'a text');
	await until(() => heard.some(({kind}) => kind === 'text'));
	say(encodeContent({kind: 'refusal', digests: [id(1), id(2)]}));
	say(item(1, id(4), NOW, 'has it come?'));
	await until(() => receiptsIn(heard).length === 1);
	t.deepEqual(bob.refused, []);
	const said = heard.find(content => content.kind === 'text');
	const mine = Buffer.from(digest(encodeContent(said!)), 'hex');
	say(encodeContent({kind: 'refusal', digests: [mine, mine]}));
	await until(() => bob.refused.length > 0);
	t.deepEqual(bob.refused, [waiting]);
	town.close();
});
