// What a newcomer is told: sentences.
export const firstMinutes = {
	nobody: [
		'Noch ist niemand in deiner Liste.',
		'/add NAME fügt jemanden hinzu, mit dem Namen des Kontos.',
		'/who zeigt die Namen, die der Server kennt.',
		'F1 zeigt alle Tasten und Befehle, zweimal Ctrl-C beendet.',
	] as readonly string[],
	nothingYet: (name: string): readonly string[] => [
		`Noch keine Nachrichten mit ${name}.`,
		`Eine Nachricht schreiben und Enter drücken: Sie geht verschlüsselt an ${name}.`,
		`/verify zeigt eine Nummer zum Vergleichen: Ist es wirklich ${name}?`,
		'F1 zeigt alle Tasten und Befehle, zweimal Ctrl-C beendet.',
	],
	tip: 'Tipp',
	message: (name: string) =>
		`✓ heißt gesendet, ✓✓ auf dem Rechner von ${name} gespeichert, ✓R gelesen. ◷ wartet, bis beide online sind. Esc blendet dies aus.`,
	unverified: (name: string) =>
		`${name} ist noch nicht verifiziert: Bis dahin vertraust du dem Server darin, wer ${name} ist. /verify zeigt eine Nummer zum Vergleichen. Esc blendet dies aus.`,
	stranger: (name: string) =>
		`Jemand Unbekanntes, ${name}, hat geschrieben: Das ist das + links. Diese Person erfährt nichts von dir bis zu deinem /accept, /block oder /remove. Esc blendet dies aus.`,
};
