// The help: its headings. What keys and commands do is in keys.ts and slash-commands.ts.
export const help = {
	title: 'Help',
	hint: '↑ ↓ scroll · Esc closes',
	keys: 'Keys',
	/** Behind the heading. */
	keysAside: '/settings changes them',
	selected: 'With a message selected',
	selectedAside: 'any other letter goes into the input',
	editing: 'Editing',
	commands: 'Commands',
	commandsAside: '// begins a message with a slash',
};
