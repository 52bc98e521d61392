// The help: its headings. What keys and commands do is in keys.ts and slash-commands.ts.
export const help = {
	title: 'Hilfe',
	hint: '↑ ↓ scrollen · Esc schließt',
	keys: 'Tasten',
	keysAside: '/settings ändert sie',
	selected: 'Bei ausgewählter Nachricht',
	selectedAside: 'jeder andere Buchstabe geht in die Eingabe',
	editing: 'Bearbeiten',
	commands: 'Befehle',
	commandsAside: '// beginnt eine Nachricht mit einem Schrägstrich',
};
