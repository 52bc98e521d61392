// The pictures as data: what is typed into which window, and what has to be seen before going on.
import {BLACK, LIGHT, type Palette} from '../terminal/colours.ts';
import type {Size} from '../terminal/pseudo-terminal.ts';

export type Step = {
	/** By its name. */
	readonly window: string;
	/** Keys for the shell or the program in it; \r is Enter. */
	readonly type: string;
	/** Matches what the window shows; with ^ it also says that nothing has scrolled away. */
	readonly until: RegExp;
	/** What is then looked at for so long, ms. */
	readonly hold?: number;
};

/** Without a title it is not in the picture. */
export type SceneWindow = Size & {readonly title?: string};

export type Scene = {
	/** Of its files in media/: an SVG and, unless it is a film, a PNG. */
	readonly name: string;
	/** For who cannot see it. */
	readonly label: string;
	readonly palette?: Palette;
	/** By name; those in the picture one under the other. */
	readonly windows: Readonly<Record<string, SceneWindow>>;
	/** Of a film, what it does not show. */
	readonly before?: readonly Step[];
	readonly steps: readonly Step[];
	/** Of the first window with a title, while the steps are taken at the speed of a person. */
	readonly isFilm?: boolean;
};

const PASSWORD = 'correct horse';
const F1 = '\u001BOP';
/** The Escape key as kitty writes it: no pause tells it from what follows. */
const ESCAPE = '\u001B[27u';
const ALT_ENTER = '\u001B\r';
const SUSPEND = '\u001A';
/** Of windows that nobody sees. */
const OFFSTAGE = {columns: 90, rows: 24};

/** Steps in one window. */
const into =
	(window: string) =>
	(type: string, until: RegExp, hold = 0): Step => ({window, type, until, hold});

const server = into('server');
const alice = into('alice');
const bob = into('bob');
const carol = into('carol');
const dave = into('dave');

const listening = server('simchat-server --listen localhost:0\r', /join link: simchat:/v);

/** Signs up on the screen, which stays open. */
const newcomer = (name: string): Step[] => [
	into(name)(`simchat "$(simchat-server invite ${name})"\r`, /simchat: sign up/v),
	// A window without room for the word shows the glyph alone.
	into(name)(`${PASSWORD}\r${PASSWORD}\r`, /● connected|^ +●$/mv),
];

/** Signs up and leaves. */
const absentee = (name: string): Step =>
	into(name)(
		`SIMCHAT_PASSWORD='${PASSWORD}' simchat sign-up "$(simchat-server invite ${name})" --name ${name}\r`,
		/at localhost:\d+\n\$$/v,
	);

/** Bob, alice and carol are there, dave is not; carol has mentioned bob while he was looking at dave. */
const gathering: readonly Step[] = [
	listening,
	...newcomer('bob'),
	...newcomer('alice'),
	...newcomer('carol'),
	absentee('dave'),
	alice('/msg bob Are we still on for Saturday?\r', /Saturday\?.*✓[✓R] *$/mv),
	bob('/msg alice Of course 🎉\r', /Of course 🎉.*✓[✓R] *$/mv),
	bob('/add carol\r', /carol +● online/v),
	bob('/add dave\r', /dave +○/v),
	carol('/msg bob @bob: will you bring the map?\r', /map\?[^]*✓[✓R]/v),
	bob('\u001B1', /(?:│ |^)alice .*● online/mv),
	// What is explained to newcomers is put away.
	bob(ESCAPE, /^(?![^]*Tip {2})/v),
	bob('/verify\r', /Safety number/v),
];

const talk: readonly Step[] = [
	...gathering,
	bob('\u001B[B\r', /verified alice/v),
	bob('The number that I read to you: is it what you see?\r', /what\s+you\s+see\?[^]*✓[✓R]/v),
	alice('All sixty digits 👍\r', /digits\s+👍[^]*✓[✓R]/v),
	alice('Good. I have looked it up:\r', /up:[^]*✓[✓R]/v),
	alice(
		`the train leaves at 10:15, platform 4${ALT_ENTER}the one back at 18:40${ALT_ENTER}https://example.org/timetable\r`,
		/timetable[^]*✓[✓R]/v,
	),
	bob('10:15 it is. I bring coffee ☕\r', /coffee\s+☕[^]*✓[✓R]/v),
	alice('友子 comes too. She says ありがとう 🙏\r', /ありがとう\s+🙏[^]*✓[✓R]/v),
	bob(
		'Then it is two flasks, and the big map: three of us will want to look at it at once.\r',
		/at\s+once\.[^]*✓[✓R]/v,
	),
	alice('/reply\r', /Replying to bob/v),
	alice('The waterproof one, please.\r', /▏ bob: Then it is[\s\S]*please\.[^]*✓[✓R]/v),
	bob('/react 👍\r', /please\.[\s\S]*👍/v),
	// Nobody is told more often than every 4 s that somebody is typing.
	alice('Sun until four, they say, then an umbrella ☔\r', /umbrella\s+☔[^]*✓[✓R]/v),
	alice('Who has the map, carol?\r', /carol\?[^]*✓[✓R]/v, 4500),
];

/** What comes last: the mark goes by itself after a while. */
const aliceTypes: readonly Step[] = [alice('Or', /> Or/v), bob('', /alice is typing…/v)];

const others = {server: OFFSTAGE, alice: OFFSTAGE, carol: OFFSTAGE, dave: OFFSTAGE};

export const scenes: readonly Scene[] = [
	{
		name: 'sign-in',
		label: 'Signing up: the join link, a name, and the password as dots',
		windows: {server: OFFSTAGE, alice: {title: 'simchat', columns: 84, rows: 17}},
		steps: [
			listening,
			alice('simchat "$(simchat-server invite alice)"\r', /simchat: sign up/v),
			alice(`${PASSWORD}\r${PASSWORD.slice(0, 6)}`, /again +•{6}/v),
		],
	},
	{
		name: 'devices',
		label: 'One more device: a link, its code for a camera, and how long it is good',
		windows: {server: OFFSTAGE, alice: {title: 'simchat', columns: 90, rows: 50}},
		steps: [listening, ...newcomer('alice'), alice('/devices add\r', /one device\.[^]*▀/v)],
	},
	{
		name: 'lockout',
		label: 'After five wrong passwords: a bar shows how long the server takes no more',
		windows: {server: OFFSTAGE, alice: {title: 'simchat', columns: 84, rows: 17}},
		steps: [
			listening,
			absentee('alice'),
			alice('simchat\r', /simchat: sign in as alice/v),
			...[/4 tries left/v, /3 tries left/v, /2 tries left/v, /1 try left/v].map(left => alice('guess\r', left)),
			alice('guess\r', /█+░{5} {2}\d+ s/v),
		],
	},
	{
		name: 'chat',
		label: 'A talk: contacts at the left, with alice, who is verified, at the right; carol has mentioned you',
		windows: {...others, bob: {title: 'simchat', columns: 100, rows: 30}},
		steps: [...talk, ...aliceTypes],
	},
	{
		name: 'light',
		label: 'The same in the light theme',
		palette: LIGHT,
		windows: {...others, bob: {title: 'simchat', columns: 100, rows: 30}},
		steps: [...talk, bob('/theme light\r', />$/v), ...aliceTypes],
	},
	...(
		[
			['dark', undefined],
			['high-contrast', BLACK],
			['high-contrast-light', LIGHT],
		] as const
	).map(([theme, palette]): Scene => ({
		name: `theme-${theme}`,
		label: `The same in the theme ${theme}`,
		...(palette && {palette}),
		windows: {...others, bob: {title: 'simchat', columns: 100, rows: 30}},
		steps: [...talk, bob(`/theme ${theme}\r`, />$/v), ...aliceTypes],
	})),
	{
		name: 'narrow',
		label: 'The same in a window of 50 columns',
		windows: {...others, bob: {title: 'simchat', columns: 50, rows: 20}},
		steps: [...talk, ...aliceTypes],
	},
	{
		name: 'japanese',
		label: 'The screen in Japanese: a talk between two people, one of whom is verified',
		windows: {server: OFFSTAGE, alice: OFFSTAGE, bob: {title: 'simchat', columns: 100, rows: 24}},
		steps: [
			listening,
			...newcomer('bob'),
			...newcomer('alice'),
			bob('/msg alice おはよう! 土曜日はまだ空いてる?\r', /空いてる\?.*✓[✓R] *$/mv),
			alice('/msg bob もちろん 🎉 10 時に駅の前で。\r', /駅の前で。.*✓[✓R] *$/mv),
			bob('/verify\r', /Safety number/v),
			bob('\u001B[B\r', /✓ verified/v),
			bob('地図とコーヒーを持っていくね。\r', /持っていくね。.*✓[✓R] *$/mv),
			alice('/react 👍\r', /持っていくね。[^]*👍/v),
			bob('/quit\r', /\$$/v),
			bob('clear\r', /^\$$/v),
			bob('LC_ALL=ja_JP.UTF-8 simchat\r', /サインイン/v),
			bob(`${PASSWORD}\r`, /検証済み[^]*● 接続/v),
			bob(F1, /╭─ ヘルプ/v),
		],
	},
	{
		name: 'files',
		label: 'Files between two people: one is saved, one is on its way, and one is offered',
		windows: {server: OFFSTAGE, alice: OFFSTAGE, bob: {title: 'simchat', columns: 100, rows: 20}},
		steps: [
			listening,
			...newcomer('bob'),
			...newcomer('alice'),
			// Who offers files has them in its own folder.
			alice('/quit\r', /\$$/v),
			alice(
				'mkdir ~/films && cd ~/films && head -c 81400 /dev/urandom > minutes.pdf && truncate -s 900M film.mkv && head -c 3141592 /dev/urandom > holiday.jpg && clear\r',
				/^\$$/v,
			),
			alice(`SIMCHAT_PASSWORD='${PASSWORD}' simchat\r`, /sign in as/v),
			alice(`${PASSWORD}\r`, /● connected/v),
			alice('/msg bob The minutes, and what I filmed at the lake:\r', /lake:.*✓[✓R] *$/mv),
			bob('/accept\r', /^(?![^]*WANTS)/v),
			bob(ESCAPE, /^(?![^]*Tip {2})/v),
			alice('/send minutes.pdf film.mkv holiday.jpg\r', /holiday\.jpg.*offered/v),
			bob('/get minutes.pdf\r', /minutes\.pdf.*saved as/v),
			bob('/get film.mkv\r', /█{6}.*MB\/s.*left/v),
		],
	},
	{
		name: 'verify',
		label: 'The safety number of two people, as digits and as a code for a camera',
		windows: {...others, bob: {title: 'simchat', columns: 100, rows: 30}},
		steps: gathering,
	},
	{
		name: 'top',
		label: 'simchat-server top: who is online, and how often each kind of thing happens',
		windows: {...others, bob: OFFSTAGE, top: {title: 'simchat-server top', columns: 100, rows: 26}},
		steps: [
			listening,
			// The folder is told as it was typed.
			into('top')('cd && simchat-server top --data server/simchat-server\r', /● up/v),
			...gathering.slice(1, 10),
			dave('SIMCHAT_PASSWORD=guess simchat tail\r', /tries left.*\n\$$/v),
			into('top')('', /^refusals +1 .*█/mv),
		],
	},
	{
		name: 'demo',
		label: 'simchat talking to its echo bot',
		windows: {
			demo: {title: 'simchat demo', columns: 120, rows: 34},
		},
		// On a terminal of its own the demo takes the whole screen; into a pipe it writes a transcript.
		steps: [into('demo')('npm start | cat\r', /^\$ npm start[\s\S]*\nok\n\$$/v)],
	},
	{
		name: 'server',
		label: 'simchat-server on its first run, then an invite and its status from another window',
		windows: {
			server: {title: 'the server', columns: 100, rows: 5},
			other: {title: 'another window', columns: 100, rows: 11},
		},
		steps: [
			server('simchat-server --listen 127.0.0.1:0\r', /^\$ simchat-server[\s\S]*\n.*join link: simchat:/v),
			into('other')('simchat-server invite alice\r', /\?invite=[^$]*\n\$$/v),
			into('other')('simchat-server status\r', /^\$ simchat-server invite[\s\S]*\nuptime.*\n\$$/v),
		],
	},
	{
		name: 'talk',
		label: 'Signing in, a message that is sent and delivered, the answer, and the help',
		isFilm: true,
		windows: {server: OFFSTAGE, bob: OFFSTAGE, alice: {title: 'simchat', columns: 100, rows: 24}},
		before: [
			listening,
			...newcomer('bob'),
			...newcomer('alice'),
			bob('/msg alice Back at my desk.\r', /desk\..*✓[✓R] *$/mv),
			alice('/msg bob Good morning! ☀️\r', /morning! ☀️.*✓[✓R] *$/mv),
			...[alice, bob].flatMap(person => [person('/verify\r', /Safety number/v), person('\u001B[B\r', /✓ verified/v)]),
			alice('/quit\r', /\$$/v),
			alice('clear\r', /^\$$/v),
		],
		steps: [
			alice('simchat\r', /simchat: sign in as alice/v, 500),
			alice(`${PASSWORD}\r`, /● bob[^]*● connected/v, 700),
			bob('Hungry?\r', /Hungry\?.*✓[✓R] *$/mv),
			alice('', /bob {2}Hungry\?/v, 300),
			// He is stopped for a moment: otherwise nobody could see that it was sent before it was delivered.
			bob(SUSPEND, /\$$/v),
			alice('Lunch at noon? 🍜\r', /noon\? 🍜.* ✓ *$/mv, 800),
			bob('fg\r', /noon\? 🍜/v),
			alice('', /noon\? 🍜.*✓[✓R] *$/mv, 500),
			bob('Yes, the usual place.\r', /usual place\..*✓[✓R] *$/mv),
			alice('', /bob {2}Yes.*place\./v, 1200),
			alice(F1, /Help/v, 1800),
			alice(ESCAPE, /^(?![^]*Help)/v, 500),
		],
	},
];
