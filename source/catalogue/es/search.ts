// Finding: a conversation by its name, what was said, what was sent from this input before, what a message said before it was edited.
export const search = {
	goTo: 'Ir a',
	goToHint: 'letras buscan · ↑ ↓ elegir · Enter abre · Esc cierra',
	nobodyCalledThat: 'Nadie de tu lista se llama así: /add NOMBRE añade a alguien.',
	unread: (count: number) => `${count} sin leer`,
	everywhere: 'Buscar en todo',
	here: (name: string) => `Buscar con ${name}`,
	everywhereHint: '↑ ↓ · Enter abre · Tab: aquí · Esc cierra',
	hereHint: '↑ ↓ · Enter abre · Tab: en todo · Esc cierra',
	nothingFound: 'No se encontró nada.',
	to: (name: string) => `a ${name}`,
	sentBefore: 'Enviado antes',
	sentBeforeHint: 'letras buscan · ↑ ↓ · Enter lo escribe · Esc cierra',
	nothingSent: 'Aún no se ha enviado nada desde aquí.',
	nothingSentLikeThat: 'Nada parecido se ha enviado desde aquí.',
	edits: 'Versiones anteriores',
	editsHint: 'Esc cierra',
};
