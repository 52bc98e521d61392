// Addresses to which large datagrams did not get through.
import test from 'ava';
import {SMALLER_DATAGRAM, SMALLER_FOR_MS, SMALLER_LIMIT} from '../../../source/protocol/path/path-limits.ts';
import {type SmallPaths, noteSmall, sizeLimit} from '../../../source/protocol/path/path-size.ts';
import {DATAGRAM_LIMIT} from '../../../source/wire/datagram.ts';

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
