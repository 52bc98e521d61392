// The help: its headings. What keys and commands do is in keys.ts and slash-commands.ts.
export const help = {
	title: 'Aide',
	hint: '↑ ↓ défiler · Esc ferme',
	keys: 'Touches',
	keysAside: '/settings les change',
	selected: 'Avec un message sélectionné',
	selectedAside: 'toute autre lettre va dans la saisie',
	editing: 'Édition',
	commands: 'Commandes',
	commandsAside: '// commence un message par une barre oblique',
};
