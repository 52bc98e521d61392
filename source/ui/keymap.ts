// The keys, as data: the one table that keys are looked up in and the help is drawn from.

/** Where a binding holds. */
export type Place = 'anywhere' | 'input' | 'list';

export type Action =
	| 'send'
	| 'newline'
	| 'complete'
	| 'to-list'
	| 'to-input'
	| 'list-up'
	| 'list-down'
	| 'list-open'
	| 'next'
	| 'previous'
	| 'next-unread'
	| 'last'
	| 'page-up'
	| 'page-down'
	| 'bottom'
	| 'first-unread'
	| 'help'
	| 'close'
	| 'redraw'
	| 'clear-or-quit'
	| 'suspend'
	| `open-${Digit}`;

type Digit = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export type Binding = {
	/** As keyName writes them; the first is the one a person is told of. */
	readonly keys: readonly string[];
	readonly action: Action;
	readonly place: Place;
	/** A line of the help; without one the binding before it tells. */
	readonly help?: string;
	/** What the help writes in place of the first keys. */
	readonly shown?: string;
};

const conversations = ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((digit): Binding => {
	const binding: Binding = {keys: [`alt-${digit}`], action: `open-${digit}`, place: 'anywhere'};
	return digit === 1 ? {...binding, shown: 'Alt-1…9', help: 'conversation by its place in the list'} : binding;
});

export const KEYMAP: readonly Binding[] = [
	{keys: ['enter'], action: 'send', place: 'input', help: 'send'},
	{keys: ['alt-enter', 'shift-enter', 'ctrl-j'], action: 'newline', place: 'input', help: 'new line'},
	{keys: ['tab'], action: 'complete', place: 'input', help: 'complete a command or a name, else go to the list'},
	{keys: ['shift-tab'], action: 'to-list', place: 'input', help: 'go to the list'},
	{keys: ['up'], action: 'list-up', place: 'list', shown: '↑ ↓', help: 'in the list: move'},
	{keys: ['down'], action: 'list-down', place: 'list'},
	{keys: ['enter'], action: 'list-open', place: 'list', help: 'in the list: open'},
	{keys: ['tab', 'shift-tab', 'escape'], action: 'to-input', place: 'list'},
	{keys: ['ctrl-n', 'alt-down'], action: 'next', place: 'anywhere', help: 'next conversation'},
	{keys: ['ctrl-p', 'alt-up'], action: 'previous', place: 'anywhere', help: 'previous conversation'},
	...conversations,
	{keys: ['alt-a'], action: 'next-unread', place: 'anywhere', help: 'next unread conversation'},
	{keys: ['alt-/'], action: 'last', place: 'anywhere', help: 'last conversation'},
	{keys: ['pageup'], action: 'page-up', place: 'anywhere', help: 'scroll back'},
	{keys: ['pagedown'], action: 'page-down', place: 'anywhere', help: 'scroll on'},
	{keys: ['alt-end', 'ctrl-end'], action: 'bottom', place: 'anywhere', help: 'newest message (End in an empty input)'},
	{keys: ['alt-u'], action: 'first-unread', place: 'anywhere', help: 'first unread message'},
	{keys: ['f1'], action: 'help', place: 'anywhere', help: 'this help'},
	{keys: ['escape'], action: 'close', place: 'anywhere', help: 'close what lies on top; a draft is never lost'},
	{keys: ['ctrl-l'], action: 'redraw', place: 'anywhere', help: 'draw the screen anew'},
	{keys: ['ctrl-c'], action: 'clear-or-quit', place: 'anywhere', help: 'clear the draft; twice: quit'},
	{keys: ['ctrl-z'], action: 'suspend', place: 'anywhere', help: 'back to the shell; fg returns'},
];

/** Key → binding, by place: as many as KEYMAP has keys. */
const byPlace = new Map<string, Action>(
	KEYMAP.flatMap(({keys, action, place}) => keys.map(key => [`${place} ${key}`, action] as const)),
);

/** What `key` asks for in a pane; undefined when the pane may take it as text or edit with it. */
export function actionOf(key: string, pane: 'input' | 'list'): Action | undefined {
	return byPlace.get(`${pane} ${key}`) ?? byPlace.get(`anywhere ${key}`);
}

/** `ctrl-alt-end` → `Ctrl-Alt-End`. */
export function keyLabel(key: string): string {
	const names: Readonly<Record<string, string>> = {pageup: 'PgUp', pagedown: 'PgDn', escape: 'Esc'};
	return key
		.split(/-(?=.)/)
		.map(part => names[part] ?? `${part[0]?.toUpperCase() ?? ''}${part.slice(1)}`)
		.join('-');
}
