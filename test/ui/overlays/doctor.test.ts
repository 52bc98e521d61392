// The path doctor says what is known, what is not, and what to do; it is asked again when the client has news.
import test from 'ava';
import {NO_NETWORK} from '../../../source/channel/network/own-network.ts';
import {type Diagnosis} from '../../../source/client/facade.ts';
import {doctorOverlay} from '../../../source/ui/overlays/doctor.ts';
import {ClientTwin, contact} from '../../twins/client.ts';
import {ScreenTwin} from './screen-twin.ts';

const well: Diagnosis = {
	connection: {state: 'online'},
	reflexive: '192.0.2.7:4000',
	localAddresses: ['192.0.2.7'],
	translation: 'none',
	clockOffset: 40,
	network: NO_NETWORK,
	contacts: [],
	dropped: [],
};

function linesOf(change: Partial<Diagnosis>, verbose = false): string {
	const screen = new ScreenTwin(new ClientTwin([]));
	screen.show(doctorOverlay({...well, ...change}, verbose));
	return screen.lines(200, 50).join('\n');
}

test('all is well', t => {
	t.deepEqual(linesOf({}).split('\n'), [
		'✓ directory         reached, and signed in',
		'✓ UDP               out and back; seen from outside as 192.0.2.7:4000',
		'✓ address           this machine’s own: nobody translates it',
		'✓ clock             agrees with the directory’s',
	]);
});

test('with --verbose: what was dropped, how often and why', t => {
	const dropped = [
		{source: 'session', reason: 'tag', count: 3},
		{source: 'datagram', reason: 'index', count: 1},
	] as const;
	t.notRegex(linesOf({dropped}), /dropped|×/);
	t.regex(linesOf({dropped}, true), /^· dropped +3 × session: tag\n· +1 × datagram: index$/m);
	t.regex(linesOf({}, true), /^· dropped +nothing since the start$/m);
});

test('out of reach: what follows from that is not known, and not guessed', t => {
	const connection = {state: 'waiting', problem: 'unreachable', retryAt: 0} as const;
	const lines = linesOf({connection, reflexive: undefined, translation: 'unknown', clockOffset: undefined});
	t.regex(lines, /^! directory +server out of reach\n +who is known already can still be talked to/);
	t.regex(lines, /^· UDP +not known without the directory\n· address +not known without an answer over UDP\n/m);
	t.regex(lines, /^· clock +not known before a login$/m);
});

test('signed in, and UDP does not come back: a firewall', t => {
	t.regex(
		linesOf({reflexive: undefined, translation: 'unknown'}),
		/^! UDP .*has not come\n +a firewall here may drop UDP/m,
	);
});

test('an address that is translated is told of with what follows', t => {
	t.regex(
		linesOf({translation: 'translated'}),
		/^~ address +translated on the way \(NAT\).*\n +holes are not punched yet/m,
	);
});

test('a clock is told of from five seconds on, in its direction', t => {
	for (const offset of [0, 4999, -4999, undefined]) t.notRegex(linesOf({clockOffset: offset}), /behind|ahead/);
	t.regex(linesOf({clockOffset: 5000}), /^~ clock +5 s behind the directory’s\n +simchat makes up for it/m);
	t.regex(linesOf({clockOffset: -90_000}), /^~ clock +90 s ahead of the directory’s/m);
});

test('each contact with how it is reached', t => {
	const lines = linesOf({
		contacts: [
			contact('ann', {path: {kind: 'lan', address: '10.0.0.2:7', rtt: 0.4}}),
			contact('bob', {path: {kind: 'direct', address: '192.0.2.1:7', rtt: undefined}}),
			contact('cat', {presence: 'offline'}),
			contact('dan', {presence: 'unknown', path: {kind: 'looking', since: 0}}),
			contact('eve', {path: {kind: 'blocked', why: 'no answer\u001B[2J'}}),
		],
	});
	t.deepEqual(lines.split('\n').slice(4), [
		'✓ ann               online; lan · 1 ms',
		'✓ bob               online; direct',
		'· cat               offline; no path yet',
		'· dan               presence not known; connecting',
		'! eve               online; blocked: no answer␛[2J',
		'                    messages wait here and go out once there is a path',
	]);
});

test('it shows what is so now, and scrolls to its end', t => {
	const contacts = Array.from({length: 9}, (_, index) => contact(`c${index}`));
	const client = new ClientTwin(contacts);
	const screen = new ScreenTwin(client);
	screen.show(doctorOverlay(client.diagnose()));
	t.regex(screen.lines()[0] ?? '', /reached/);
	client.put({connection: {state: 'connecting'}});
	screen.renew();
	t.regex(screen.lines()[0] ?? '', /connecting/);
	screen.show(doctorOverlay({...well, contacts}));
	screen.lines(80, 4);
	t.deepEqual(screen.press('down', 'down', 'enter', 'x'), [true, true, true, false]);
	t.regex(screen.lines(80, 4)[0] ?? '', /address/);
	for (const key of ['pagedown', 'pagedown']) screen.press(key);
	t.regex(screen.lines(80, 4).at(-1) ?? '', /c8/);
});
