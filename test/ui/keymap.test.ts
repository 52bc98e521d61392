// Keys: one meaning each wherever one is, every action within reach, and settings that are taken or told of.
import test from 'ava';
import {EDIT_KEYS} from '../../source/ui/composer/edit-keys.ts';
import {type Action, type Binding, KEYMAP, Keymap, helpOf, keyLabel} from '../../source/ui/keymap.ts';

const panes = ['input', 'list'] as const;
const holdsIn = ({place}: Binding, pane: (typeof panes)[number]) => place === 'anywhere' || place === pane;
const actions = KEYMAP.map(({action}) => action);
const wayOut = new Set(['escape', 'ctrl-c']);
const allKeys = [...KEYMAP, ...EDIT_KEYS].flatMap(({keys}) => keys);

test('in each pane a key means one thing, in the input what no edit takes', t => {
	for (const pane of panes) {
		const keys = KEYMAP.filter(binding => holdsIn(binding, pane)).flatMap(binding => binding.keys);
		const edits = pane === 'input' ? EDIT_KEYS.flatMap(binding => binding.keys) : [];
		t.is(new Set([...keys, ...edits]).size, keys.length + edits.length, pane);
	}
});

test('every action has a binding, a key and a line in the help, its own or that of the one before', t => {
	t.is(new Set(actions).size, actions.length);
	for (const [index, binding] of KEYMAP.entries()) {
		t.true(binding.keys.length > 0, binding.action);
		t.true(helpOf(binding) !== undefined || index > 0, binding.action);
	}
});

test('each key does what its table says, and what is in no table nothing', t => {
	const keymap = new Keymap();
	t.deepEqual(keymap.problems, []);
	t.deepEqual(keymap.bindings, KEYMAP);
	for (const pane of panes) {
		for (const binding of KEYMAP) {
			for (const key of binding.keys) {
				if (holdsIn(binding, pane)) t.is(keymap.actionOf(key, pane), binding.action, `${key} in ${pane}`);
				else t.not(keymap.actionOf(key, pane), binding.action, `${key} in ${pane}`);
			}
		}

		for (const key of ['', 'a', 'f12', 'constructor', 'anywhere escape']) t.is(keymap.actionOf(key, pane), undefined);
	}
});

test('a key that is given to an action is taken from all that it meant before, in the help too', t => {
	const keymap = new Keymap({help: ['ctrl-f', 'enter']});
	t.deepEqual(keymap.problems, []);
	for (const pane of panes) {
		t.is(keymap.actionOf('ctrl-f', pane), 'help');
		t.is(keymap.actionOf('enter', pane), 'help');
		t.is(keymap.actionOf('f1', pane), undefined);
	}

	t.is(keymap.keyOf('help'), 'Ctrl-F');
	for (const action of ['search', 'send', 'list-open'] as const) t.is(keymap.keyOf(action), undefined, action);
	t.deepEqual(
		keymap.bindings.map(({action}) => action),
		actions,
	);
});

test('what holds in one pane takes nothing from the other', t => {
	const keymap = new Keymap({'list-open': ['right', 'alt-enter']});
	t.is(keymap.actionOf('alt-enter', 'list'), 'list-open');
	t.is(keymap.actionOf('alt-enter', 'input'), 'newline');
	t.is(keymap.actionOf('enter', 'list'), undefined);
	t.is(keymap.actionOf('enter', 'input'), 'send');
});

const shownOf = (keymap: Keymap, action: Action) => keymap.bindings.find(each => each.action === action)?.shown?.();

test('the help shows its own words for keys as long as they are these', t => {
	t.is(shownOf(new Keymap({help: ['f2']}), 'list-up'), '↑ ↓');
	t.is(shownOf(new Keymap({'list-up': ['up']}), 'list-up'), '↑ ↓');
	t.is(shownOf(new Keymap({'list-up': ['ctrl-u']}), 'list-up'), undefined);
	t.is(shownOf(new Keymap({help: ['up']}), 'list-up'), undefined);
});

test('an action may be left without a key', t => {
	const keymap = new Keymap({suspend: []});
	t.deepEqual(keymap.problems, []);
	t.is(keymap.actionOf('ctrl-z', 'input'), undefined);
	t.is(keymap.keyOf('suspend'), undefined);
});

test('two actions may change their keys with each other', t => {
	const keymap = new Keymap({next: ['ctrl-p'], previous: ['ctrl-n']});
	t.deepEqual(keymap.problems, []);
	t.is(keymap.actionOf('ctrl-p', 'input'), 'next');
	t.is(keymap.actionOf('ctrl-n', 'list'), 'previous');
	t.is(keymap.actionOf('alt-up', 'list'), undefined);
});

test('every key there is may be given away, but for the way out', t => {
	for (const key of [
		...allKeys,
		'ctrl-alt-shift-f12',
		'alt-ä',
		'alt-ß',
		'ctrl-\\',
		'alt--',
		'ctrl-space',
		'shift-f1',
	]) {
		const keymap = new Keymap({help: [key]});
		const isWayOut = wayOut.has(key);
		if (isWayOut) t.regex(keymap.problems[0] ?? '', /is the way out/, key);
		else t.deepEqual(keymap.problems, [], key);
		for (const pane of panes) t.is(keymap.actionOf(key, pane) === 'help', !isWayOut, key);
	}
});

const refused: ReadonlyArray<readonly [settings: Record<string, string[]>, words: RegExp]> = [
	[{nothing: ['f5']}, /screen\.keys\.nothing is no action: there are send, newline, /],
	[{constructor: ['f5']}, /screen\.keys\.constructor is no action/],
	[{close: ['f5']}, /screen\.keys\.close cannot be changed/],
	[{'clear-or-quit': ['f5']}, /screen\.keys\.clear-or-quit cannot be changed/],
	[{help: ['ctrl-c']}, /screen\.keys\.help: ctrl-c is the way out/],
	[{help: ['escape']}, /screen\.keys\.help: escape is the way out/],
	[{help: ['x']}, /screen\.keys\.help: x alone is text/],
	[{help: ['ä']}, /ä alone is text/],
	[{help: ['👍']}, /👍 alone is text/u],
	[{help: ['space']}, /space alone is text/],
	[{help: ['shift-a']}, /shift-a alone is text/],
	[{help: ['ctrl-X']}, /screen\.keys\.help: ctrl-X is no key; write/],
	[{help: ['alt-ctrl-x']}, /is no key/],
	[{help: ['Ctrl-x']}, /is no key/],
	[{help: ['f13']}, /is no key/],
	[{help: ['return']}, /is no key/],
	[{help: ['constructor']}, /is no key/],
	[{help: ['ctrl-']}, /is no key/],
	[{help: ['']}, /is no key/],
	[{help: ['f5'], search: ['f5']}, /screen\.keys\.help: f5 is also given to search/],
	[{help: ['f5'], send: ['f5']}, /screen\.keys\.help: f5 is also given to send/],
];

for (const [settings, words] of refused) {
	test(`refused, and then none is taken: ${JSON.stringify(settings)}`, t => {
		const keymap = new Keymap({...settings, select: ['f9']});
		t.regex(keymap.problems[0] ?? '', words);
		t.deepEqual(keymap.bindings, KEYMAP);
		t.is(keymap.actionOf('f9', 'input'), undefined);
		t.is(keymap.actionOf('f1', 'input'), 'help');
	});
}

test('keys as a person reads them', t => {
	t.is(keyLabel('ctrl-alt-end'), 'Ctrl-Alt-End');
	t.is(keyLabel('pageup'), 'PgUp');
	t.is(keyLabel('shift-pagedown'), 'Shift-PgDn');
	t.is(keyLabel('escape'), 'Esc');
	t.is(keyLabel('f1'), 'F1');
	t.is(keyLabel('alt-/'), 'Alt-/');
	t.is(keyLabel('alt--'), 'Alt--');
	t.is(keyLabel('-'), '-');
	t.is(keyLabel(''), '');
	for (const key of allKeys) t.is(keyLabel(key).split(/-(?=.)/).length, key.split(/-(?=.)/).length, key);
});
