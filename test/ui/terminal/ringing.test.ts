// Where a message rings when somebody has several devices.
import test from 'ava';
import {type Snapshot} from '../../../source/client/snapshot.ts';
import {Ringing, type RingingPorts, SILENT_MS} from '../../../source/ui/terminal/ringing.ts';

function screen() {
	const state = {elsewhere: undefined as number | undefined, unread: 1};
	const rung: string[] = [];
	const waiting = new Set<() => void>();
	const waits: number[] = [];
	const snapshot = () => ({contacts: [{name: 'bob', unread: state.unread}]}) as unknown as Snapshot;
	const ringing = new Ringing({
		client: {
			snapshot,
			use: {
				get elsewhere() {
					return state.elsewhere;
				},
			},
		} as RingingPorts['client'],
		ring: (from, isMention) => rung.push(`${from}${isMention ? ' !' : ''}`),
		after(ms, work) {
			waits.push(ms);
			waiting.add(work);
		},
	});
	const pass = () => {
		for (const work of waiting) {
			waiting.delete(work);
			work();
		}
	};

	return {ringing, state, rung, waits, waiting, pass};
}

test('the device that is in use rings at once', t => {
	const {ringing, rung, waiting} = screen();
	ringing.notify('bob', true);
	t.deepEqual(rung, ['bob !']);
	t.is(waiting.size, 0);
});

test('another one stays quiet, and rings after a minute if nobody has read the message or pressed a key meanwhile', t => {
	const {ringing, state, rung, waits, waiting, pass} = screen();
	state.elsewhere = 1000;
	ringing.notify('bob', false);
	ringing.notify('bob', true);
	ringing.notify('bob', false);
	t.deepEqual(rung, []);
	t.deepEqual(waits, [SILENT_MS], 'whoever goes on writing does not put it off');
	t.is(waiting.size, 1);
	pass();
	t.deepEqual(rung, ['bob !'], 'once for each who writes');
	ringing.notify('bob', false);
	state.elsewhere = 2000;
	pass();
	t.is(rung.length, 1, 'somebody is at the other one');
	ringing.notify('bob', false);
	state.unread = 0;
	pass();
	t.is(rung.length, 1, 'it was read there');
	state.unread = 1;
	ringing.notify('bob', false);
	state.elsewhere = undefined;
	pass();
	t.is(rung.length, 2, 'the other one has gone');
});
