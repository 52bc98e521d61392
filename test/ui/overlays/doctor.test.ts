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
	network: {...NO_NETWORK, port: 4000},
	keptPort: 4000,
	mappedFor: undefined,
	contacts: [],
	dropped: [],
};

function linesOf(change: Partial<Diagnosis>, verbose = false): string {
	const screen = new ScreenTwin(new ClientTwin([]));
	screen.show(doctorOverlay({...well, ...change}, {now: () => 3500, isVerbose: verbose}));
	return screen.lines(200, 50).join('\n');
}

test('all is well', t => {
	t.deepEqual(linesOf({}).split('\n'), [
		'› next step         none: all is well',
		'✓ directory         reached, and signed in',
		'✓ UDP               out and back; seen as 192.0.2.7:4000',
		'✓ address           this machine’s own: nobody translates it',
		'✓ UDP port          4000, the same at each start',
		'· router            not asked',
		'· IPv6              there is no public address of it here',
		'· interfaces        192.0.2.7; none of them is told to others',
		'· keepalive         something is sent after 15 s of silence',
		'✓ clock             agrees with the directory’s',
	]);
});

test('with --verbose: what was dropped, how often and why', t => {
	const dropped = [
		{source: 'session', reason: 'tag', count: 3},
		{source: 'datagram', reason: 'index', count: 1},
	] as const;
	t.notRegex(linesOf({dropped}), /dropped|×/);
	t.regex(linesOf({dropped}, true), /^· dropped +3 × session: tag\n +1 × datagram: index$/m);
	t.regex(linesOf({}, true), /^· dropped +nothing since the start$/m);
});

test('out of reach: what follows from that is not known, and not guessed; what to do comes first', t => {
	const connection = {state: 'waiting', problem: 'unreachable', retryAt: 0} as const;
	const lines = linesOf({connection, reflexive: undefined, translation: 'unknown', clockOffset: undefined});
	t.regex(lines, /^› next step +look at the network, or ask the admin/);
	t.regex(lines, /^! directory +server out of reach$/m);
	t.regex(lines, /^· UDP +not known without the directory\n· address +not known without an answer over UDP\n/m);
	t.regex(lines, /^· clock +not known before a login$/m);
});

test('contacts: what was tried stands below how they are reached, and counts up while it is looked for', t => {
	const probes = {
		role: 'initiator',
		since: 0,
		outcome: 'probing',
		mapping: 'same',
		addresses: [{address: '192.0.2.1:7', asks: 4, rtt: undefined}],
	} as const;
	const lines = linesOf({
		contacts: [
			{...contact('dan', {path: {kind: 'looking', since: 0}}), probes},
			contact('eve', {path: {kind: 'blocked', why: 'useless', flaw: '\u001B[2J'}}),
		],
	});
	t.deepEqual(lines.split('\n').slice(10), [
		'· dan               online; looking for a way (3 s)',
		'                    tried 192.0.2.1:7, 4 times: no answer yet',
		'! eve               online; blocked: its answer is of no use to us (␛[2J)',
	]);
	t.regex(lines, /^› next step +ask eve to run simchat doctor/);
});

test('it shows what is so now, and scrolls to its end', t => {
	const contacts = Array.from({length: 9}, (_, index) => contact(`c${index}`));
	const client = new ClientTwin(contacts);
	const screen = new ScreenTwin(client);
	screen.show(doctorOverlay(client.diagnose(), {now: () => 0}));
	t.regex(screen.lines().join('\n'), /^✓ directory +reached/m);
	client.put({connection: {state: 'connecting'}});
	screen.renew();
	t.regex(screen.lines().join('\n'), /^! directory +connecting/m);
	screen.show(doctorOverlay({...well, contacts}, {now: () => 0}));
	screen.lines(80, 4);
	t.deepEqual(screen.press('down', 'down', 'enter', 'x'), [true, true, true, false]);
	t.regex(screen.lines(80, 4)[0] ?? '', /UDP/);
	for (let page = 0; page < 5; page++) screen.press('pagedown');
	t.regex(screen.lines(80, 4).at(-1) ?? '', /c8/);
});
