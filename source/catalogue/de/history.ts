// search, export, forget, check, backup and restore.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('de');
const messages = (count: number) => plural(count, {one: `${count} Nachricht`, other: `${count} Nachrichten`});

export const history = {
	noMessages: (name: string) => `es gibt keine Nachrichten mit ${name}: nichts gelöscht`,
	askForget: (count: number, name: string) =>
		`${messages(count)} mit ${name} endgültig von diesem Datenträger löschen? Zum Bestätigen „ja“ eingeben: `,
	noTerminal: 'kein Terminal zum Fragen da: zum Löschen --yes hinzufügen',
	notForgotten: 'nichts gelöscht',
	forgotten: (count: number, name: string) => `${messages(count)} mit ${name} gelöscht`,
	sound: 'der Verlauf ist unbeschädigt',
	damaged: 'der Verlauf ist beschädigt: durch eine Kopie ersetzen',
	damagedPage: (page: number) => `Seite ${page} ist beschädigt`,
	cannotWrite: (file: string, why: string) => `${file} lässt sich nicht schreiben: ${why}`,
	fileThere: 'ist schon da: einen anderen Namen wählen oder --force hinzufügen',
	copied: (folder: string) => `nach ${folder} kopiert`,
	restored: (folder: string) => `nach ${folder} wiederhergestellt`,
};
