// Which path is shown of a channel: the session, else what is under way and what came of the try before, else that alone.
import test from 'ava';
import {pathOf} from '../../source/channel/channel-path.ts';

const trouble = {kind: 'no-way', reason: {kind: 'both-vary'}} as const;

test('a session counts before everything else; a private address is in the same network', t => {
	const opener = {lookingSince: 5, trouble};
	t.deepEqual(pathOf({address: {host: '192.168.1.2', port: 7}, rtt: 3}, opener), {
		kind: 'lan',
		address: '192.168.1.2:7',
		rtt: 3,
	});
	t.is(pathOf({address: {host: '8.8.8.8', port: 7}, rtt: undefined}, opener).kind, 'direct');
});

test('while it is tried again, it is still known why the last try came to nothing', t => {
	t.deepEqual(pathOf(undefined, {lookingSince: undefined, trouble: undefined}), {kind: 'none'});
	t.deepEqual(pathOf(undefined, {lookingSince: 5, trouble: undefined}), {kind: 'looking', since: 5});
	t.deepEqual(pathOf(undefined, {lookingSince: undefined, trouble}), trouble);
	t.deepEqual(pathOf(undefined, {lookingSince: 5, trouble}), {kind: 'looking', since: 5, after: trouble});
});
