// Ways through the scenes of the stage, to look at every screen: what is typed, and what is there to be looked at then.
import type {ExecutionContext} from 'ava';
import type {Catalogue} from '../../../source/catalogue/catalogue-type.ts';
import {type Screen} from '../screen.ts';
import {DEVICE_LINK, type SceneName} from './scenes.ts';
import {ASKED} from './sheet.ts';
import {type SharedStages} from './shared-stages.ts';

export const SIZES = [
	{columns: 200, rows: 50},
	{columns: 100, rows: 30},
	{columns: 80, rows: 24},
	{columns: 59, rows: 20},
	{columns: 20, rows: 5},
] as const;

/** For what looks otherwise there than at all of SIZES. */
const LARGE = {columns: 120, rows: 35};

const THEMES: ReadonlySet<string> = new Set(['terminal', 'light', 'dark']);

/** In which keys are typed where all of SIZES are looked at. */
export const FIRST = SIZES[1];

type Size = {readonly columns: number; readonly rows: number};

export type Step = {
	/** The golden file, without its size. */
	readonly name: string;
	/** Typed before, at the first size; what it leads to: data, or a text of the catalogue. */
	readonly keys: string;
	readonly until: RegExp | ((words: Catalogue) => string);
	/** It names the theme, so that there is a sheet for each. */
	readonly isThemed?: true;
	/** It is looked at in LARGE, too, with all of SIZES. */
	readonly isAlsoLarge?: true;
	/** Typed afterwards. */
	readonly leave?: string;
};

const ESC = '\u001B';
/** The Escape key as kitty writes it: no pause tells it from what follows. */
const CLOSE = '\u001B[27u';

const JOIN_LINK = `simchat://chat.example.org:7406/#${'A'.repeat(43)}`;

/** As much of a text as is never broken. */
function start(text: string): string {
	return Array.from(text).slice(0, 8).join('');
}

/** By scene: what is typed, and what is then looked at. */
export const TOURS: ReadonlyArray<{
	readonly title?: string;
	readonly scene: SceneName;
	readonly steps: readonly Step[];
}> = [
	{
		title: 'reading and writing',
		scene: 'chat',
		steps: [
			{name: 'chat', keys: '', until: /and new/, isAlsoLarge: true},
			{name: 'chat-draft', keys: `a draft${ESC}\rof two lines`, until: /of two lines/, leave: '\u0015\u0015\u0015'},
			{name: 'select', keys: `${ESC}mk`, until: /▌ back again/, leave: CLOSE},
			{name: 'list', keys: '\tal', until: /\/al/, leave: CLOSE},
		],
	},
	{
		title: 'finding',
		scene: 'chat',
		steps: [
			{name: 'help', keys: `${ESC}OP`, until: ({help}) => help.keysAside, isAlsoLarge: true, leave: CLOSE},
			{name: 'switcher', keys: '\u0007ar', until: /\/ ar [^]*carol/, leave: CLOSE},
			{name: 'search', keys: '\u0006is', until: /\/ is [^]*anybody/, leave: CLOSE},
		],
	},
	{
		title: 'deciding',
		scene: 'chat',
		steps: [
			{name: 'verify', keys: '/verify\r', until: /02766 69754/, isAlsoLarge: true, leave: CLOSE},
			{
				name: 'settings',
				keys: '/settings\r',
				until: ({settings}) => settings.labels.notifications,
				isThemed: true,
				leave: CLOSE,
			},
			{
				name: 'keys',
				keys: `/settings\r${ESC}[A${ESC}[6~\r`,
				until: ({keys}) => keys.actions.newline,
				leave: CLOSE,
			},
		],
	},
	{
		title: 'words on paper, and the password',
		scene: 'chat',
		steps: [
			{name: 'recovery', keys: '/recovery\r', until: ({recovery}) => recovery.title, isAlsoLarge: true},
			{name: 'recovery-asked', keys: '\r', until: ({recovery}) => recovery.askHint, leave: CLOSE},
			{name: 'password', keys: '/password\r', until: ({password}) => password.title, leave: CLOSE},
		],
	},
	{
		title: 'looking after',
		scene: 'chat',
		steps: [
			{name: 'doctor', keys: '/doctor\r', until: ({doctorScreen}) => doctorScreen.title, leave: CLOSE},
			{name: 'confirm', keys: '/remove\r', until: ({decisions}) => decisions.sure, leave: CLOSE},
			{name: 'key-changed', keys: `${ESC}4`, until: ({decisions}) => decisions.keyHeading('dave')},
		],
	},
	{
		title: 'the grammar of messages',
		scene: 'grammar',
		steps: [
			{name: 'grammar', keys: '', until: /this waits/, isAlsoLarge: true},
			{name: 'reply', keys: `${ESC}mkkr`, until: words => words.conversation.replyingTo('alice'), leave: CLOSE},
			{name: 'react', keys: `${ESC}m+`, until: ({reactions}) => reactions.title, leave: `${CLOSE}${CLOSE}`},
			{name: 'edit', keys: `${ESC}me`, until: words => words.conversation.enterSavesEscCancels, leave: CLOSE},
			{name: 'edits', keys: `${ESC}mh`, until: ({search}) => search.edits, leave: `${CLOSE}${CLOSE}`},
			{name: 'outbox', keys: '/outbox\r', until: ({outbox}) => outbox.title(1), leave: CLOSE},
			{name: 'away', keys: `${ESC}2`, until: words => words.title.away('at lunch')},
			{name: 'request', keys: `${ESC}3`, until: ({decisions}) => decisions.strangerHeading('mallory')},
			{name: 'markup', keys: `${ESC}4`, until: /thank you/},
		],
	},
	{
		title: 'files',
		scene: 'files',
		steps: [
			{name: 'files', keys: '', until: /holiday\.jpg/, isAlsoLarge: true},
			{name: 'files-select', keys: `${ESC}m`, until: ({keys}) => keys.file.decline, leave: CLOSE},
			{
				name: 'files-stop',
				keys: '/stop\r',
				until: ({decisions}) => decisions.stopIt,
				leave: CLOSE,
			},
			{
				name: 'files-dropped',
				keys: `${ESC}[200~/proc/version${ESC}[201~`,
				until: ({offeredFiles}) => offeredFiles.dropKeys,
				leave: '\u0015',
			},
		],
	},
	{
		scene: 'long',
		steps: [
			{name: 'scrolled', keys: `${ESC}[5~${ESC}[5~`, until: /↓.*\d\d/},
			{name: 'marked', keys: '/goto 2026-11-04\r', until: /▌ message 720/},
		],
	},
	{
		scene: 'no-way',
		steps: [
			{name: 'no-way', keys: '', until: /frank {2}/},
			{name: 'no-way-doctor', keys: '/doctor\r', until: ({doctorScreen}) => doctorScreen.title},
		],
	},
	{scene: 'empty', steps: [{name: 'empty', keys: '', until: ({firstMinutes}) => firstMinutes.nobody[0] ?? ''}]},
	{
		scene: 'newcomer',
		steps: [{name: 'newcomer', keys: '', until: ({firstMinutes}) => firstMinutes.nothingYet('echo')[0] ?? ''}],
	},
	{
		scene: 'first',
		steps: [
			{name: 'first-message', keys: '', until: ({firstMinutes: {tip, message}}) => `${tip}  ${start(message('echo'))}`},
			{
				name: 'first-unverified',
				keys: CLOSE,
				until: ({firstMinutes: {tip, unverified}}) => `${tip}  ${start(unverified('echo'))}`,
			},
			{
				name: 'first-stranger',
				keys: CLOSE,
				until: ({firstMinutes: {tip, stranger}}) => `${tip}  ${start(stranger('mallory'))}`,
			},
		],
	},
	{scene: 'offline', steps: [{name: 'offline', keys: '', until: /◌/}]},
	{
		scene: 'stopped',
		steps: [{name: 'server-key-later', keys: '', until: ({decisions}) => start(decisions.serverKeyHeading)}],
	},
	{
		scene: 'sign-up',
		steps: [
			{name: 'sign-up', keys: `${JOIN_LINK}\talice\tsecret`, until: /•/},
			{name: 'sign-up-weak', keys: '\t', until: ({account}) => start(account.weak('')).slice(1)},
			{
				name: 'sign-up-wrong',
				keys: `${ESC}[Z${ESC}[Z\u00159 lives\t`,
				until: ({refusals}) => start(refusals.noName).slice(1),
			},
		],
	},
	{
		scene: 'sign-in',
		steps: [{name: 'sign-in', keys: '', until: ({entrance}) => entrance.signInTitle('alice', 'chat.example.org:7406')}],
	},
	{scene: 'wrong-password', steps: [{name: 'wrong-password', keys: 'no\r', until: /4 tries left/}]},
	{
		scene: 'server-key',
		steps: [{name: 'server-key', keys: 'no\r', until: ({decisions}) => start(decisions.serverKeyHeading)}],
	},
	{
		title: 'own devices',
		scene: 'devices',
		steps: [
			{name: 'devices', keys: '/devices\r', until: ({devices}) => devices.thisOne, isAlsoLarge: true},
			{
				name: 'device-rename',
				keys: `${ESC}[Br`,
				until: ({devices}) => start(devices.renameTitle('the laptop')),
				leave: CLOSE,
			},
			{name: 'device-remove', keys: 'd', until: ({decisions}) => decisions.sure, leave: CLOSE},
		],
	},
	{
		scene: 'device-link',
		steps: [
			{name: 'device-link', keys: '/devices add\r', until: ({devices}) => devices.timeLeft('9:59'), isAlsoLarge: true},
		],
	},
	{
		scene: 'device-joined',
		steps: [
			{name: 'device-joined', keys: '/devices add\r', until: ({devices}) => devices.joined('the laptop').slice(1)},
		],
	},
	{
		scene: 'device-guessed',
		steps: [
			{name: 'device-guessed', keys: '/devices add\r', until: ({devices}) => start(devices.over.guessed).slice(1)},
		],
	},
	{
		scene: 'device-news',
		steps: [{name: 'device-news', keys: '', until: ({devices}) => start(devices.news.add('', '', ''))}],
	},
	{scene: 'device-alarm', steps: [{name: 'device-alarm', keys: '', until: ({devices}) => start(devices.alarm)}]},
	{
		title: 'joining',
		scene: 'join',
		steps: [
			{name: 'join', keys: `${DEVICE_LINK}\tsecret`, until: /•/},
			{name: 'joining', keys: '\r', until: ({devices}) => start(devices.joinAbsent)},
		],
	},
	{scene: 'lockout', steps: [{name: 'lockout', keys: '', until: ({entrance}) => entrance.secondsLeft(42)}]},
];

/** As the stage takes it: a theme, NO_COLOR, or a locale. */
export type Look = {
	readonly look: string;
	/** What it is said in. */
	readonly words: Catalogue;
};

export type TourOptions = {
	/** One after the other, as by somebody who leaves and starts again. */
	readonly looks: readonly Look[];
	/** Keys are typed in that of the stages: where it is one of these, it is seen first. */
	readonly sizes: readonly Size[];
	readonly stages: SharedStages;
};

/** Goes through the steps of a scene in each look; `see` is called with each step in each size, once it is drawn. */
export async function walk(
	t: ExecutionContext,
	{scene, steps}: {readonly scene: SceneName; readonly steps: readonly Step[]},
	{looks, sizes, stages}: TourOptions,
	see: (screen: Screen, sheet: string, look: string) => void | Promise<void>,
): Promise<void> {
	await stages.with(async screen => {
		for (const {look, words} of looks) {
			await screen.until(
				() => screen.modes.screen === 'normal' && screen.text.endsWith(ASKED),
				'the next one is asked for',
			);
			screen.type(`${scene} ${look}\r`);
			await screen.until(() => screen.modes.screen === 'alternate' && screen.text !== '', 'a first frame');
			for (const {name, keys, until, isThemed, isAlsoLarge, leave} of steps) {
				let scrolls = 0;
				const watch = screen.emulator.onScroll(() => scrolls++);
				screen.type(keys);
				if (until instanceof RegExp) await screen.shows(until);
				else await screen.until(() => screen.text.includes(until(words)), `${name}: ${until(words)}`);
				watch.dispose();
				t.is(scrolls, 0, `${name}: nothing has scrolled away`);
				const theme = THEMES.has(look) ? look : 'terminal';
				for (const size of inOrder(isAlsoLarge && sizes === SIZES ? [LARGE, ...sizes] : sizes, stages.size)) {
					await resized(screen, size);
					await see(screen, `${name}${isThemed ? `-${theme}` : ''}-${size.columns}x${size.rows}`, look);
				}

				await resized(screen, stages.size);
				if (leave !== undefined) screen.type(leave);
			}

			screen.type('\u0003\u0003\u0003');
			await screen.givenBack();
		}
	});
}

/** The same, the one that the screen has before all others. */
function inOrder(sizes: readonly Size[], present: Size): readonly Size[] {
	return sizes.toSorted((a, b) => Number(b === present) - Number(a === present));
}

async function resized(screen: Screen, size: Size): Promise<void> {
	const {drawings, emulator} = screen;
	if (emulator.cols === size.columns && emulator.rows === size.rows) return;
	screen.resize(size);
	await screen.until(() => screen.drawings > drawings, 'drawn anew');
}
