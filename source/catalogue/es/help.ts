// The help: its headings. What keys and commands do is in keys.ts and slash-commands.ts.
export const help = {
	title: 'Ayuda',
	hint: '↑ ↓ desplazar · Esc cierra',
	keys: 'Teclas',
	keysAside: '/settings las cambia',
	selected: 'Con un mensaje seleccionado',
	selectedAside: 'cualquier otra letra va al campo de texto',
	editing: 'Edición',
	commands: 'Comandos',
	commandsAside: '// empieza un mensaje con una barra',
};
