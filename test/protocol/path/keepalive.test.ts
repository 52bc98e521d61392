// How long a client may be silent: less for a while, once its router was seen to forget.
import test from 'ava';
import {
	USUAL_KEEPALIVE,
	keepaliveMoved,
	reflectorSaw,
	silenceBefore,
	silenceInSession,
} from '../../../source/protocol/path/keepalive.ts';
import {
	LIVELY_FOR_MS,
	LIVELY_SILENCE_MS,
	SHORT_SILENCE_FOR_MS,
	SHORT_SILENCE_MS,
	USUAL_SILENCE_MS,
} from '../../../source/protocol/path/path-limits.ts';

const [one, two] = [7406, 7407].map(port => ({host: '198.51.100.1', port}));
const seen = (reflector: typeof one, port: number, host = '203.0.113.5') => ({
	reflector: reflector!,
	observed: {host, port},
});

test('15 s; 10 s for ten minutes once a reflector sees another port and nothing has changed here', t => {
	let keepalive = reflectorSaw(USUAL_KEEPALIVE, seen(one, 5), 0);
	keepalive = reflectorSaw(keepalive, seen(one, 5), 10);
	t.is(silenceBefore(keepalive, 10), USUAL_SILENCE_MS);
	keepalive = reflectorSaw(keepalive, seen(one, 6), 20);
	t.is(silenceBefore(keepalive, 20), SHORT_SILENCE_MS);
	t.is(silenceBefore(keepalive, 19 + SHORT_SILENCE_FOR_MS), SHORT_SILENCE_MS);
	t.is(silenceBefore(keepalive, 20 + SHORT_SILENCE_FOR_MS), USUAL_SILENCE_MS);
});

test('two reflectors that see two ports say nothing, nor does another host, nor a change of one’s own', t => {
	const keepalive = reflectorSaw(USUAL_KEEPALIVE, seen(one, 5), 0);
	t.is(silenceBefore(reflectorSaw(keepalive, seen(two, 6), 1), 1), USUAL_SILENCE_MS);
	t.is(silenceBefore(reflectorSaw(keepalive, seen(one, 6, '203.0.113.9'), 1), 1), USUAL_SILENCE_MS);
	t.is(silenceBefore(reflectorSaw(keepaliveMoved(keepalive), seen(one, 6), 1), 1), USUAL_SILENCE_MS);
});

test('a change of one’s own does not make it longer before its time', t => {
	const short = reflectorSaw(reflectorSaw(USUAL_KEEPALIVE, seen(one, 5), 0), seen(one, 6), 0);
	t.is(silenceBefore(keepaliveMoved(short), 1), SHORT_SILENCE_MS);
});

test('while people talk a session is silent for less, the responder for a little longer than the initiator', t => {
	const lively = {contentAge: 0, waits: false, role: 'initiator'} as const;
	t.is(silenceInSession(USUAL_SILENCE_MS, lively), LIVELY_SILENCE_MS);
	const responder = {...lively, contentAge: LIVELY_FOR_MS - 1, role: 'responder'} as const;
	t.true(silenceInSession(USUAL_SILENCE_MS, responder) > LIVELY_SILENCE_MS);
	t.is(silenceInSession(USUAL_SILENCE_MS, {...lively, contentAge: LIVELY_FOR_MS}), USUAL_SILENCE_MS);
	t.is(silenceInSession(USUAL_SILENCE_MS, {...lively, waits: true}), USUAL_SILENCE_MS, 'probes ask already');
	t.is(silenceInSession(1000, responder), 1000, 'never for more than the router allows');
});
