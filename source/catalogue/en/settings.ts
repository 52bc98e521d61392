// The settings.
export const settings = {
	title: 'Settings',
	hint: '↑ ↓ choose · Enter changes · Esc closes',
	/** What each setting is called: some 16 cells each, the longest makes the column. */
	labels: {
		theme: 'theme',
		notifications: 'notifications',
		mouse: 'mouse',
		/** Which signs are drawn. */
		glyphs: 'glyphs',
		typing: 'typing',
		receipts: 'receipts',
		localAddresses: 'local addresses',
		router: 'router',
		keys: 'keys',
	},
	/** What a setting is set to: some 38 cells each. */
	values: {
		notify: {
			off: 'off',
			bell: 'bell',
			osc9: 'OSC 9 (iTerm2, ConEmu, Windows Terminal)',
			osc777: 'OSC 777 (urxvt, foot, Ghostty, WezTerm)',
			osc99: 'OSC 99 (kitty)',
			command: (command: string) => `a command of your own: ${command}`,
		},
		mouseOn: 'on (wheel scrolls, click selects; Shift selects text)',
		mouseOff: 'off (the terminal selects text)',
		glyphs: {auto: 'auto (by the locale)', ascii: 'ASCII', unicode: 'Unicode'},
		typingOn: 'on (others see you typing)',
		typingOff: 'off',
		receiptsOn: 'on (others see what you read)',
		receiptsOff: 'off',
		addressesContacts: 'told to contacts',
		addressesNobody: 'told to nobody',
		routerAsked: 'asked to let contacts in',
		routerAlone: 'left alone',
		keysAsTheyCome: 'as they come',
		keysChanged: (count: number) => `${count} changed`,
	},
	keysTitle: 'Keys',
	keysHint: '↑ ↓ · Enter changes · Backspace resets · Esc closes',
	/** The next key that is pressed becomes the key of the chosen action. */
	keysWaiting: 'press the new key · Esc cancels',
	/** `former`: what the key did before, as keys.ts says it. A line, without a capital letter and a stop. */
	keyMoved: (key: string, former: string) => `${key} does this now, and no longer this: ${former}`,
	/** What is wrong with the theme in settings.json; lines as well. `place`: where in the file. `names` and `roles`: all that there are. */
	noTheme: (name: string, names: string) => `there is no theme ${name}: choose one of ${names}`,
	noRole: (place: string, role: string, roles: string) => `${place} has no role ${role}: there are ${roles}`,
	noColour: (place: string, colour: string) => `${place}: ${colour} is no colour; write red, #d70000 or ansi256(160)`,
};
