// Finding: a conversation by its name, what was said, what was sent from this input before, what a message said before it was edited.
export const search = {
	goTo: 'Gehe zu',
	goToHint: 'Tippen sucht · ↑ ↓ · Enter öffnet · Esc schließt',
	nobodyCalledThat: 'Niemand in deiner Liste heißt so: /add NAME fügt jemanden hinzu.',
	unread: (count: number) => `${count} ungelesen`,
	everywhere: 'Überall suchen',
	here: (name: string) => `Suchen bei ${name}`,
	everywhereHint: '↑ ↓ · Enter öffnet · Tab: nur hier · Esc schließt',
	hereHint: '↑ ↓ · Enter öffnet · Tab: überall · Esc schließt',
	nothingFound: 'Nichts gefunden.',
	to: (name: string) => `an ${name}`,
	sentBefore: 'Zuvor gesendet',
	sentBeforeHint: 'Tippen sucht · ↑ ↓ · Enter übernimmt · Esc schließt',
	nothingSent: 'Von hier wurde noch nichts gesendet.',
	nothingSentLikeThat: 'Nichts dergleichen wurde von hier gesendet.',
	edits: 'Frühere Fassungen',
	editsHint: 'Esc schließt',
};
