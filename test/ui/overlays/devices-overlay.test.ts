// The list of the own devices, a link for one more, and what becomes of both.
import test from 'ava';
import {type DeviceLinkState, type OwnDevice, type OwnDevicesState} from '../../../source/client/snapshot.ts';
import {openDevices} from '../../../source/ui/overlays/devices-overlay.ts';
import {SLASH_COMMANDS} from '../../../source/ui/commands.ts';
import {ClientTwin} from '../../twins/client.ts';
import {ScreenTwin} from './screen-twin.ts';

const FIRST: OwnDevice = {
	id: '1f'.repeat(8),
	label: 'study',
	role: 'device',
	isThis: true,
	online: true,
	added: 0,
	by: undefined,
	byLabel: undefined,
};
const LAPTOP: OwnDevice = {
	...FIRST,
	id: '2e'.repeat(8),
	label: 'laptop',
	isThis: false,
	by: FIRST.id,
	byLabel: 'study',
};
const STATE: OwnDevicesState = {list: [FIRST, LAPTOP], news: [], link: undefined, isAlarmed: false};

function screenWith(part: Partial<OwnDevicesState> = {}): {screen: ScreenTwin; client: ClientTwin} {
	const client = new ClientTwin([]);
	client.put({devices: {...STATE, ...part}});
	return {screen: new ScreenTwin(client), client};
}

test('the list is looked at when it opens, and keys rename and remove what is chosen', async t => {
	const {screen, client} = screenWith();
	openDevices(screen);
	t.deepEqual(client.asked, ['look']);
	t.regex(screen.lines().join('\n'), /study {2}this device {2}added .*\n.*laptop {2}added .* by study/);
	screen.press('down', 'r');
	screen.ask('the box');
	screen.press('enter');
	screen.press('d', 'down', 'enter');
	t.deepEqual(client.asked.slice(1), [`rename ${LAPTOP.id} the box`, `remove ${LAPTOP.id}`]);
});

test('what a device is called acts on no terminal, and one without a name has one to be told by', t => {
	const list = [
		{...FIRST, label: '\u001B[31mred\u202E\n'},
		{...LAPTOP, label: ''},
	];
	const {screen} = screenWith({list});
	openDevices(screen);
	const text = screen.lines().join('\n');
	t.notRegex(text, /[\u001B\u202E]/);
	t.regex(text, /unnamed \(2e2e2e2e\)/);
});

test('a link is shown whole, copied, and over when it is left; a letter does not hide it', t => {
	const {screen, client} = screenWith();
	openDevices(screen);
	client.link = {link: `simchat://h:1/#${'A'.repeat(200)}`, expires: 61_000};
	client.put({devices: {...STATE, link: {kind: 'open', number: 1, role: 'keeper', expires: 61_000, left: undefined}}});
	screen.press('k');
	t.is(screen.overlay?.title, 'add a keeper');
	const text = screen.lines();
	t.true(text.join('').includes(client.link.link));
	t.true(text.includes('Good for 1:01 and one device.'), text.join('\n'));
	t.deepEqual(screen.press('x', 'y'), [true, true]);
	t.deepEqual(screen.asked, [`copy ${client.link.link}`]);
	t.notRegex(screen.lines(30, 3).join('\n'), /simchat:/, 'whole or not at all');
	screen.press('escape');
	t.deepEqual(client.asked.slice(1), ['offer keeper', 'closeOffer 1', 'look']);
});

test('what became of a link is told in its place', t => {
	const {screen, client} = screenWith();
	client.link = {link: 'simchat://h:1/#key', expires: 61_000};
	const told = (link: DeviceLinkState | undefined) => {
		client.put({devices: {...STATE, link}});
		screen.renew();
		return screen.lines().join(' ');
	};

	client.put({devices: {...STATE, link: {kind: 'open', number: 1, role: 'device', expires: 61_000, left: 1}}});
	void SLASH_COMMANDS.find(({name}) => name === 'devices')?.run(screen, 'add');
	t.regex(screen.lines().join(' '), /1 more try ends this one/);
	t.is(
		told({kind: 'joined', number: 1, id: LAPTOP.id, label: 'laptop'}),
		'Joined: laptop. It gets what you have while this simchat runs.',
	);
	t.regex(told({kind: 'over', number: 1, reason: 'late'}), /too old, and nobody has joined/);
	t.regex(told({kind: 'joined', number: 2, id: LAPTOP.id, label: 'laptop'}), /Another link was made/);
});
