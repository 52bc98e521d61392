// Every overlay in every size: rows of exactly the width, as many as there is room for, and never an error.
import {NO_NETWORK} from '../../../source/channel/network/own-network.ts';
import test from 'ava';
import {saying} from '../../../source/catalogue/catalogue.ts';
import {en} from '../../../source/catalogue/en/en.ts';
import {type Diagnosis} from '../../../source/client/facade.ts';
import {type Contact} from '../../../source/client/snapshot.ts';
import {SLASH_COMMANDS} from '../../../source/ui/commands.ts';
import {confirmOverlay} from '../../../source/ui/overlays/confirm.ts';
import {directoryOverlay} from '../../../source/ui/overlays/directory-overlay.ts';
import {doctorOverlay} from '../../../source/ui/overlays/doctor.ts';
import {editsOverlay} from '../../../source/ui/overlays/edits.ts';
import {helpOverlay} from '../../../source/ui/overlays/help.ts';
import {outboxOverlay} from '../../../source/ui/overlays/outbox.ts';
import {newerPasswordOverlay, passwordOverlay} from '../../../source/ui/overlays/password-overlay.ts';
import {recoveryOverlay} from '../../../source/ui/overlays/recovery-overlay.ts';
import {workingOverlay} from '../../../source/ui/overlays/working.ts';
import {reactOverlay} from '../../../source/ui/overlays/react.ts';
import {recallOverlay} from '../../../source/ui/overlays/recall.ts';
import {searchOverlay} from '../../../source/ui/overlays/search-overlay.ts';
import {settingsOverlay} from '../../../source/ui/overlays/settings-overlay.ts';
import {switcherOverlay} from '../../../source/ui/overlays/switcher.ts';
import {verifyOverlay} from '../../../source/ui/overlays/verify.ts';
import {overlayRows} from '../../../source/ui/panes/overlay-rows.ts';
import {type Overlay} from '../../../source/ui/screen-controls.ts';
import {loadEmoji} from '../../../source/content/emoji.ts';
import {type ScreenRow, rowWidth} from '../../../source/ui/widgets/spans.ts';
import {widthOf} from '../../../source/ui/text/width.ts';
import {pseudo, wideText} from '../../catalogue/pseudo.ts';
import {ClientTwin, contact, message} from '../../twins/client.ts';
import {NASTY} from '../text/samples.ts';
import {ScreenTwin} from './screen-twin.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

const long = 'n'.repeat(32);
const hostile = NASTY.filter((_, index) => index % 4 === 0).join('');
const contacts: readonly Contact[] = [
	contact('bob', {path: {kind: 'direct', address: '192.0.2.1:7', rtt: 12}}),
	contact(long, {presence: 'offline', unread: 1000, path: {kind: 'blocked', why: 'useless', flaw: hostile}}),
	contact('carol', {presence: 'unknown', identity: 'changed', path: {kind: 'looking', since: 0}}),
	...Array.from({length: 9}, (_, index) => contact(`d${index}`)),
];
const messages = [
	message('bob', 1, {text: `needle ${hostile} 漢字 ${'long '.repeat(50)}`}),
	message('bob', 2, {text: `${'漢'.repeat(40)} needle`, direction: 'out'}),
	message(long, 3, {text: 'needle'}),
];
const client = new ClientTwin(contacts, messages);
const screen = new ScreenTwin(client);
const emoji = await loadEmoji(error => {
	throw error;
});

const diagnosis: Diagnosis = {
	connection: {state: 'waiting', problem: 'unreachable', retryAt: 0},
	reflexive: undefined,
	localAddresses: [],
	translation: 'unknown',
	clockOffset: undefined,
	network: NO_NETWORK,
	keptPort: undefined,
	mappedFor: undefined,
	contacts,
	dropped: [{source: 'session', reason: 'ended: overdue', count: 12}],
};
const found: Diagnosis = {
	...diagnosis,
	connection: {state: 'online'},
	reflexive: '[2001:db8::1234:5678]:65535',
	translation: 'translated',
	clockOffset: -60_000,
};

const names = contacts.map(({name}) => ({name, online: true}));
const digits = Array.from({length: 12}, (_, index) => String(11_111 * ((index % 9) + 1))).join(' ');

function keysOverlay(): Overlay {
	screen.show(settingsOverlay(client.preferences));
	screen.press('pagedown', 'enter', 'enter');
	return screen.overlay ?? settingsOverlay(client.preferences);
}

const all = (): Readonly<Record<string, Overlay>> => ({
	confirm: confirmOverlay({
		words: `Take ${long} off the list? What was said stays, and /add brings both back.`,
		keep: 'Keep them',
		choices: [{label: `Take ${long} off`, act() {}}],
	}),
	directory: directoryOverlay(hostile, {names, more: true}, 7),
	'directory without names': directoryOverlay('', {names: [], more: false}),
	'doctor without a server': doctorOverlay(diagnosis, {now: () => 0}),
	doctor: doctorOverlay(found, {now: () => 0, isVerbose: true, top: 9}),
	help: helpOverlay(screen.keymap, SLASH_COMMANDS),
	'help, far down': helpOverlay(screen.keymap, SLASH_COMMANDS, 1000),
	recall: recallOverlay([hostile, long, '漢字'.repeat(40)], '', 1),
	edits: editsOverlay(
		[
			{time: 0, text: hostile},
			{time: 1, text: long},
		],
		2,
	),
	outbox: outboxOverlay(
		[
			message('bob', 1, {direction: 'out', text: hostile, state: 'queued'}),
			message('bob', 2, {direction: 'out', state: 'failed', reason: 'blocked'}),
		],
		2,
	),
	'outbox of nothing': outboxOverlay([], 0),
	password: passwordOverlay(),
	'newer password': newerPasswordOverlay('', hostile),
	'recovery words': recoveryOverlay({...client.newRecovery, name: long, advice: hostile}, hostile),
	working: workingOverlay(long, long),
	reaction: reactOverlay(message('bob', 1, {reactions: [{direction: 'out', emoji: hostile}]}), emoji),
	'recall of nothing': recallOverlay([], hostile),
	search: searchOverlay(screen, undefined, 'needle'),
	'search for nothing': searchOverlay(screen, talkWith('bob'), 'nothing of that'),
	'search without words': searchOverlay(screen, talkWith(long)),
	settings: settingsOverlay(
		{...client.preferences, notify: 'command', notifyCommand: [hostile, long], theme: '漢字'.repeat(20)},
		1,
	),
	keys: keysOverlay(),
	switcher: switcherOverlay(contacts, '', 4),
	'switcher to nobody': switcherOverlay(contacts, 'zzz'),
	verify: verifyOverlay(long, digits),
	'verify without a key': verifyOverlay(long, undefined),
});

const overlays = all();

const upTo = (end: number) => Array.from({length: end + 1}, (_, size) => size);
/** Every width in some heights, and every height in some widths. */
const sizes = [
	...upTo(60).flatMap(width => [0, 1, 2, 3, 7, 20].map(height => ({width, height}))),
	...upTo(20).flatMap(height => [1, 17, 40, 120].map(width => ({width, height}))),
	{width: 120, height: 50},
].filter(({width}) => width > 0);

/** A row without anything in it is drawn as one, whatever the width. */
const fills = (row: ScreenRow, width: number) => row.length === 0 || rowWidth(row) === width;

/** Whatever the language says, and however wide its letters are. */
const languages = [
	{language: 'English', words: en},
	{language: 'letters of two cells', words: pseudo(wideText)},
];

for (const {language, words} of languages) {
	for (const name of Object.keys(overlays)) {
		test(`${name}, in ${language}`, t => {
			saying(words, () => {
				const overlay = all()[name]!;
				for (const {width, height} of sizes) {
					const {rows} = overlayRows(overlay, {width, height});
					if (rows.length > height || !rows.every(row => fills(row, width))) {
						t.fail(`${rows.map(row => rowWidth(row)).join(' ')} in ${width}×${height}`);
					}
				}
			});
			t.pass();
		});
	}
}

test('the keys of each are whole in a box of 59 columns', t => {
	for (const [name, {hint}] of Object.entries(overlays)) t.true(widthOf(hint) <= 53, `${name}: ${hint}`);
});

test('what is drawn is safe', t => {
	for (const [name, overlay] of Object.entries(overlays)) {
		const drawn = overlayRows({...overlay, query: ''}, {width: 60, height: 50}).rows.flat();
		for (const {text} of drawn) t.notRegex(text, /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u, name);
	}
});

test('what each does with Escape and letters it does not know is nobody’s business but the screen’s', t => {
	for (const [name, overlay] of Object.entries(overlays)) {
		if (name === 'keys') continue;
		for (const key of ['escape', 'ctrl-c', 'Z', '']) t.false(overlay.take(key, screen, screen.size), `${name}: ${key}`);
	}
});
