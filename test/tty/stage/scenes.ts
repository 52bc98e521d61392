// What a stage shows: contents that do not change, by name.
import {ClientError} from '../../../source/client/facade.ts';
import {
	type Contact,
	type Conversation,
	type ConversationId,
	type Message,
	type OwnDevicesState,
	type Snapshot,
} from '../../../source/client/snapshot.ts';
import {type OwnNetwork, type ProbeReport} from '../../../source/channel/network/own-network.ts';
import {FIRSTS} from '../../../source/ui/panes/first-minutes.ts';
import {contact, message} from '../../twins/client.ts';
import {StageClient} from './client.ts';
import {fileScene} from './file-scene.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Tue 3 Nov 2026, 12:00 UTC, when the twins' first message is from. */
const NOON = message('alice', 0).time;
/** The stage's clock stands still. */
export const NOW = NOON + 30 * MINUTE;

const account = {name: 'me', server: 'chat.example.org:7406', identityKey: '00'.repeat(32)};
const direct = {kind: 'direct', address: '192.0.2.7:40000', rtt: 12} as const;

const contacts: readonly Contact[] = [
	contact('alice', {identity: 'verified', path: direct, unread: 2, typing: true}),
	contact('bob', {presence: 'offline', outbox: 1}),
	contact('carol', {unread: 3, onlyKeeper: true, path: {kind: 'lan', address: '10.0.0.2:1', rtt: 0.4}}),
	contact('dave', {identity: 'changed'}),
	contact('erin-with-a-name-that-is-32-long', {presence: 'unknown', blocked: true, identity: 'unknown'}),
];

const LONG =
	'A message that is longer than a row of any screen here, so that it is broken between words where there are some, and in the middle of anunbrokenwordthatgoesonandonandonandonandonandonandonandonandonandonandonandon where there are none.';

/** All that strangers try on a screen: colours, titles, links, the clipboard, the other direction, what has no width. */
const HOSTILE =
	'\u001B[31mred\u001B[0m \u001B]0;title\u0007 \u001B]8;;https://evil.example\u0007safe\u001B]8;;\u0007 \u001B]52;c;aGk=\u0007 \u202Eesrever\u202C \u200B\u200B\u2060e\u0301\u0302\u0303 \u009B2J\rover';

type Line = Partial<Message> & {readonly text: string; readonly at: number};

const lines: readonly Line[] = [
	{at: -DAY, text: 'hello'},
	{at: -DAY + MINUTE, text: 'is anybody there?'},
	{at: -DAY + 9 * MINUTE, text: 'yes', direction: 'out'},
	{at: 0, text: '漢字かな交じり文と한국어'},
	{at: MINUTE, text: '👨‍👩‍👧‍👦 family 🏳️‍🌈 flag 🇯🇵 and 👋🏽 ❤️'},
	{at: MINUTE, text: 'two lines\n  the second one is indented'},
	{at: 2 * MINUTE, text: LONG},
	{at: 3 * MINUTE, text: HOSTILE},
	{at: 4 * MINUTE, text: 'see https://example.org/a?b=c. and https://bücher.example', direction: 'out'},
	{at: 5 * MINUTE, text: 'on its way', direction: 'out', state: 'sent'},
	{at: 6 * MINUTE, text: 'still here', direction: 'out', state: 'queued'},
	{at: 7 * MINUTE, text: 'never mind', direction: 'out', state: 'failed', reason: 'cancelled'},
	{at: 20 * MINUTE, text: 'back again'},
	{at: 21 * MINUTE, text: 'and new'},
];

const alice = lines.map(({at, ...rest}, index) => message('alice', index, {...rest, time: NOON + at}));
const carol = [1, 2, 3].map(index => message('carol', index, {text: index === 2 ? 'are you there, @me?' : 'hm'}));

function conversation(name: string, messages: readonly Message[]): [ConversationId, Conversation] {
	const id = talkWith(name);
	return [id, {id, messages, hasOlder: false}];
}

const conversations = new Map([
	conversation('alice', alice),
	conversation('bob', [message('bob', 1, {direction: 'out', state: 'queued'})]),
	conversation('carol', carol),
	conversation('dave', [message('dave', 1)]),
]);

const OWN = '192.0.2.1:40001';
const server = '198.51.100.1';

/** Of a machine behind a router that lets contacts in. */
const network: OwnNetwork = {
	port: 40_001,
	reflectors: [
		{reflector: `${server}:7406`, observed: OWN},
		{reflector: `${server}:7407`, observed: OWN},
		{reflector: '[2001:db8::1]:7406', observed: undefined},
	],
	mapping: 'same',
	portMapping: {
		kind: 'mapped',
		protocol: 'pcp',
		external: {host: '192.0.2.1', port: 40_001},
		life: 7200,
		endsAt: 7_100_000,
	},
	mapped: {kind: 'offered', external: {host: '192.0.2.1', port: 40_001}},
	forwarded: undefined,
	localHosts: ['192.168.1.5'],
	silenceMs: 15_000,
};

const tried = (name: string): ProbeReport | undefined => {
	const begun = {role: 'initiator', since: NOON, mapping: 'varies'} as const;
	const address = '192.0.2.7:40000';
	if (name === 'alice')
		return {...begun, mapping: 'same', outcome: 'proven', addresses: [{address, asks: 2, rtt: 11.6}]};
	if (name !== 'frank') return undefined;
	return {
		...begun,
		outcome: {kind: 'both-vary'},
		addresses: [{address: '203.0.113.9:51000', asks: 14, rtt: undefined}],
	};
};

const interfaces = {eth0: [{address: '192.168.1.5', netmask: '255.255.255.0', mac: '', internal: false, cidr: null}]};

/** As it is long in a real one. */
export const DEVICE_LINK = `simchat://chat.example.org:7406/#${'A'.repeat(43)}?name=me&device=${'B'.repeat(85)}A`;
const DIGITS = '02766 69754 52058 62422 93437 90319 46936 73992 96049 70193 60654 70024';

function talk(part: Partial<Snapshot> = {}): StageClient {
	const client = new StageClient({account, contacts, conversations, reflexive: OWN, ...part});
	client.number = DIGITS;
	client.remember('explained', FIRSTS.join(' '));
	client.probed = {network, keptPort: 40_001, elapsed: 0, probesOf: tried};
	client.interfaces = {eth0: interfaces.eth0.map(each => ({...each, family: 'IPv4'}) as const)};
	return client;
}

const hour = {lifetime: 3600, expires: NOW + 60 * MINUTE};
const grammar = [
	message('alice', 1, {text: 'shall we meet at noon?', reactions: [{direction: 'out', emoji: '👍'}]}),
	message('alice', 2, {
		text: 'yes, in the park by the lake',
		direction: 'out',
		state: 'read',
		edited: NOON + 9 * MINUTE,
		reply: {direction: 'in', id: message('alice', 1).id, text: 'shall we meet at noon?'},
		reactions: [
			{direction: 'in', emoji: '🎉'},
			{direction: 'out', emoji: '🎉'},
		],
	}),
	message('alice', 3, {text: '', deleted: true}),
	message('alice', 4, {text: '/me brings tea'}),
	message('alice', 5, {text: '/me brings cake', direction: 'out', state: 'read'}),
	message('alice', 6, {
		text: 'what was it that you said?',
		reply: {direction: 'out', id: '00'.repeat(16), text: undefined},
	}),
	message('alice', 7, {text: 'this goes in an hour', ...hour}),
	message('alice', 8, {text: 'and so does this', direction: 'out', state: 'delivered', ...hour}),
	message('alice', 9, {text: 'this waits', direction: 'out', state: 'queued', lifetime: 3600}),
];

const FAILURE =
	"error TS2345: Argument of type 'string | undefined' is not assignable to parameter of type 'string' in source/ui/panes/message-rows.ts:214:38";

/** All kinds of markup, and what only looks like it. */
const marked = [
	message('nora', 1, {
		text: 'It is the rename of snake_case in test_*.ts, I think: 2*3*4 and /usr/*/lib/* are as they were.',
	}),
	message('nora', 2, {
		text: `What I get is\n\`\`\`\n${FAILURE}\n  at foldedLines\n\`\`\`\nand *only* on _my_ machine, see https://ci.example.org/project/simchat/builds/20261103.4?branch=look&filter=failed&page=2`,
	}),
	message('nora', 3, {
		text: 'Try `npm ci` first, then *_clean_* the cache.',
		direction: 'out',
		edited: NOON + 4 * MINUTE,
	}),
	message('nora', 5, {
		text: '> Try `npm ci` first\nThat was it, **thank you**!',
		reactions: [{direction: 'out', emoji: '🎉'}],
	}),
];

const friends: readonly Contact[] = [
	contact('alice', {
		identity: 'verified',
		path: direct,
		agreed: {timer: {value: '3600'}},
		nickname: 'Ally',
		devices: {count: 3, since: message('alice', 6).time},
	}),
	contact('bob', {away: 'at lunch, back soon', identity: 'pinned'}),
	contact('mallory', {request: true, unread: 1}),
	contact('nora'),
];

const joined = {name: 'alice', server: 'chat.example.org:7406'};

function refusing(error: ClientError) {
	const signIn = async () => {
		throw error;
	};

	return new StageClient({account: undefined}, {account: joined, signIn});
}

/** What the server's refusals say: words of the client, which are data here. */
export const REFUSALS = {
	password: 'wrong password: 4 tries left',
	serverKey: 'the server at chat.example.org:7406 has another key than the one in your join link',
};

const own = {
	id: '1f'.repeat(8),
	label: 'desk',
	role: 'device',
	isThis: true,
	online: true,
	added: NOON - DAY,
} as const;
const laptop = {
	id: '2e'.repeat(8),
	label: 'the laptop',
	role: 'device',
	isThis: false,
	online: true,
	added: NOON - DAY,
} as const;
const devices: OwnDevicesState = {
	list: [
		{...own, by: undefined, byLabel: undefined},
		{...laptop, path: {kind: 'lan', address: '192.168.1.7:5000', rtt: 2}, by: own.id, byLabel: own.label},
		{
			...laptop,
			id: '3d'.repeat(8),
			label: 'cellar',
			role: 'keeper',
			online: false,
			lastSeen: NOON - 86_400_000,
			by: laptop.id,
			byLabel: laptop.label,
		},
		{...laptop, id: '4c'.repeat(8), label: '', role: 'recovery', online: undefined, by: own.id, byLabel: own.label},
		{...laptop, id: '5b'.repeat(8), label: HOSTILE.slice(0, 40), online: false, by: own.id, byLabel: own.label},
	],
	news: [],
	link: undefined,
	isAlarmed: false,
};
const news = {kind: 'add', role: 'device', time: NOON, by: laptop.id, byLabel: laptop.label} as const;

/** Of a device of which the link is shown, in the state that it is in. */
function linking(link: OwnDevicesState['link']): StageClient {
	const client = talk({devices: {...devices, link}});
	client.link = {link: DEVICE_LINK, expires: NOW + 599_000};
	return client;
}

export const SCENES = {
	chat: () => talk(),
	grammar: () => {
		const client = talk({
			contacts: friends,
			conversations: new Map([
				conversation('alice', grammar),
				conversation('bob', [message('bob', 1)]),
				conversation('mallory', [message('mallory', 1, {text: 'you do not know me'})]),
				conversation('nora', marked),
			]),
		});
		client.former = [{time: NOON + 2 * MINUTE, text: 'yes, at the station'}];
		return client;
	},
	'no-way': () => {
		const frank = contact('frank', {path: {kind: 'no-way', reason: {kind: 'both-vary'}}, outbox: 1});
		const waiting = message('frank', 1, {direction: 'out', state: 'queued'});
		const client = talk({contacts: [frank], conversations: new Map([conversation('frank', [waiting])])});
		client.probed = {
			...client.probed!,
			network: {...network, mapping: 'varies', mapped: {kind: 'none'}, portMapping: {kind: 'silent'}},
		};
		return client;
	},
	/** The stage's clock goes here. */
	looking: () => talk({contacts: [contact('frank', {path: {kind: 'looking', since: NOW}, outbox: 1})]}),
	empty: () => talk({contacts: [], conversations: new Map()}),
	files: () => talk(fileScene),
	/** As the demo begins. */
	newcomer: () =>
		talk({contacts: [contact('echo', {path: direct})], conversations: new Map([conversation('echo', [])])}),
	/** Nothing was explained yet. */
	first: () => {
		const client = talk({
			contacts: [contact('echo', {path: direct}), contact('mallory', {request: true, unread: 1})],
			conversations: new Map([
				conversation('echo', [
					message('echo', 1, {text: 'hello', direction: 'out'}),
					message('echo', 2, {text: 'hello to you', time: NOON + MINUTE}),
				]),
				conversation('mallory', [message('mallory', 1, {text: 'you do not know me'})]),
			]),
		});
		client.remember('explained', undefined);
		return client;
	},
	offline: () => talk({connection: {state: 'waiting', problem: 'unreachable', retryAt: NOW + 5000}}),
	stopped: () => talk({connection: {state: 'stopped', problem: 'server-key'}}),
	'sign-up': () => new StageClient({account: undefined}),
	'sign-in': () => new StageClient({account: undefined}, {account: joined}),
	'wrong-password': () => refusing(new ClientError('wrong-password', REFUSALS.password)),
	'server-key': () => refusing(new ClientError('server-key', REFUSALS.serverKey)),
	lockout: () => new StageClient({account: undefined}, {account: joined, lockedUntil: NOW + 42_000}),
	devices: () => talk({devices}),
	'device-link': () => linking({kind: 'open', number: 1, role: 'device', expires: NOW + 599_000, left: 2}),
	'device-joined': () => linking({kind: 'joined', number: 1, id: laptop.id, label: laptop.label}),
	'device-guessed': () => linking({kind: 'over', number: 1, reason: 'guessed'}),
	'device-news': () =>
		talk({
			devices: {
				...devices,
				news: [
					{...news, id: '6a'.repeat(8), label: 'phone'},
					{...news, id: '7a'.repeat(8), label: HOSTILE.slice(0, 20)},
				],
			},
		}),
	'device-alarm': () => talk({devices: {...devices, isAlarmed: true}}),
	join: () =>
		new StageClient(
			{account: undefined},
			{
				async join(_link, _password, _label, {onWait} = {}) {
					onWait?.('absent');
					return new Promise(() => {});
				},
			},
		),
	long: () => {
		const messages = Array.from({length: 10_000}, (_, index) => message('alice', index));
		return talk({contacts: [contact('alice')], conversations: new Map([conversation('alice', messages)])});
	},
} as const satisfies Record<string, () => StageClient>;

export type SceneName = keyof typeof SCENES;
