// Bug class: idle output. A screen at rest writes not a byte, whatever is measured behind it.
import test from 'ava';
import {Theatre} from '../stage/theatre.ts';

/** How long the screen is watched for a byte, ms; and how often a round-trip time is measured meanwhile. */
const IDLE_MS = 60_000;
const MEASURED_MS = 5000;

test('zero bytes in a minute', async t => {
	t.timeout(2 * IDLE_MS);
	const theatre = await Theatre.open(t, 'chat');
	const {screen} = theatre;
	await screen.shows(/and new/);
	screen.type('half a line');
	await screen.shows(/> half a line/);
	await screen.rests();
	const bytes = screen.written;
	for (let passed = 0; passed < IDLE_MS; passed += MEASURED_MS) {
		const path = {kind: 'direct', address: '192.0.2.7:40000', rtt: 20 + passed / 1000} as const;
		await theatre.cue({kind: 'contact', name: 'alice', part: {path}});
		await screen.pass(MEASURED_MS);
	}

	t.is(screen.written, bytes, screen.output.slice(bytes));
	// It was there to be drawn: with what changes next it is.
	await theatre.cue({kind: 'contact', name: 'alice', part: {typing: false}});
	await screen.shows(/direct · 75 ms/);
});
