// While a way to a contact is looked for, the title counts the seconds; once there is one the screen rests.
import test from 'ava';
import {StagedScreen} from './stage/staged-screen.ts';

test('the title counts while a way is looked for, and nothing is drawn once there is one', async t => {
	const staged = await StagedScreen.open(t, 'looking');
	const {screen} = staged;
	const shown = () => Number(/looking for a way \((\d+) s\)/.exec(screen.text)?.[1] ?? 0);
	await screen.until(() => shown() > 0, 'a second has passed');
	const first = shown();
	await screen.until(() => shown() > first, 'another one has passed');

	const path = {kind: 'direct', address: '192.0.2.7:40000', rtt: 20} as const;
	await staged.cue({kind: 'contact', name: 'frank', part: {path}});
	await screen.shows(/direct · 20 ms/);
	await screen.rests();
	const bytes = screen.written;
	await screen.pass(2500);
	t.is(screen.written, bytes, screen.output.slice(bytes));

	const reason = {kind: 'unanswered'} as const;
	await staged.cue({kind: 'contact', name: 'frank', part: {path: {kind: 'no-way', reason}}});
	await screen.shows(/no way: frank answers no probe/);
});
