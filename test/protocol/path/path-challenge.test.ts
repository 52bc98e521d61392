// Where a session sends to: after its peer, and back to the former address when that answers.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {createPath, heardFrom, takeResponse} from '../../../source/protocol/path/path-challenge.ts';
import {atAlice, atBob, elsewhere, random} from '../session/pair.ts';

test('a peer that has moved is followed at once, though the former address is asked too', t => {
	const path = createPath(atAlice);
	const asked = heardFrom(path, elsewhere, 0, random);
	t.deepEqual(
		asked.map(({to}) => to),
		[atAlice, elsewhere],
	);
	t.deepEqual(heardFrom(path, elsewhere, 999, random), [], 'once a second');
	takeResponse(path, Buffer.alloc(8), 999);
	t.is(path.current, atAlice, 'nobody has proven anything');
	takeResponse(path, asked[1]!.token, 999);
	t.is(path.current, elsewhere);
	t.deepEqual(heardFrom(path, elsewhere, 1000, random), []);
});

for (const order of ['before', 'after'] as const) {
	test(`the former address stays, or comes back, when it answers ${order} the other one`, t => {
		const path = createPath(atAlice);
		const [own, other] = heardFrom(path, elsewhere, 0, random);
		const answers = order === 'before' ? [own!, other!] : [other!, own!];
		for (const {token} of answers) takeResponse(path, token, 10);
		t.is(path.current, atAlice);
		t.deepEqual(heardFrom(path, elsewhere, 5009, random), [], 'it is not asked again at once');
		t.is(heardFrom(path, atBob, 5009, random).length, 2, 'a third one is');
		t.is(heardFrom(path, elsewhere, 6009, random).length, 2);
	});
}
