// Whether large datagrams get through to an address: three lost while small ones arrive say no, one that arrives says yes.
import test from 'ava';
import {SMALLER_DATAGRAM, SMALLER_FOR_MS, SMALLER_LIMIT} from '../../../source/protocol/path/path-limits.ts';
import {
	NEW_PATH_SIZE,
	type PathSize,
	type SmallPaths,
	isTooLarge,
	noteSmall,
	sizeAcknowledged,
	sizeLimit,
	sizeLost,
} from '../../../source/protocol/path/path-size.ts';
import {DATAGRAM_LIMIT} from '../../../source/wire/datagram.ts';

const LARGE = 1196;

/** − a large one lost, + a large one acknowledged, s a small one acknowledged, x a small one lost. */
function after(events: string): boolean {
	let path: PathSize = NEW_PATH_SIZE;
	for (const event of events) {
		if (event === '-' || event === 'x') path = sizeLost(path, event === '-' ? LARGE : SMALLER_DATAGRAM);
		else path = sizeAcknowledged(path, event === '+' ? LARGE : SMALLER_DATAGRAM);
	}

	return isTooLarge(path);
}

test('three large ones lost in a row while smaller ones arrive', t => {
	for (const [events, expected] of [
		['-s--', true],
		['---s', true],
		['-s-s-s', true],
		['---', false],
		['s---', false],
		['--s', false],
		['--s+-s-', false],
		['-s--+', false],
		['xxxs', false],
		['-sx-x-', true],
	] as const) {
		t.is(after(events), expected, events);
	}
});

test('the next session to that address has smaller ones, for ten minutes', t => {
	const address = {host: '203.0.113.1', port: 5};
	const paths = noteSmall(new Map(), address, 0);
	t.is(sizeLimit(paths, address, SMALLER_FOR_MS - 1), SMALLER_DATAGRAM);
	t.is(sizeLimit(paths, address, SMALLER_FOR_MS), DATAGRAM_LIMIT);
	t.is(sizeLimit(paths, {...address, port: 6}, 0), DATAGRAM_LIMIT);
});

test('so many addresses are remembered, and none past its time', t => {
	let paths: SmallPaths = new Map();
	for (let port = 1; port <= SMALLER_LIMIT + 5; port++) paths = noteSmall(paths, {host: '203.0.113.1', port}, port);
	t.is(paths.size, SMALLER_LIMIT);
	t.is(noteSmall(paths, {host: '203.0.113.2', port: 1}, SMALLER_FOR_MS + 100).size, 1);
});
