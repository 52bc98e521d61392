// What stands with messages in a conversation.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('de');

export const conversation = {
	quoted: (text: string) => `„${text}“`,
	edited: 'bearbeitet',
	notHere: 'eine Nachricht, die hier fehlt',
	deleted: 'vom Absender gelöscht',
	devices: (name: string, count: number) =>
		plural(count, {one: `${name} nutzt jetzt ${count} Gerät`, other: `${name} nutzt jetzt ${count} Geräte`}),
	newMessages: (count: number) => `${count} neu`,
	moreLines: (count: number) => plural(count, {one: `noch ${count} Zeile`, other: `noch ${count} Zeilen`}),
	moreLinesEnter: (count: number) =>
		plural(count, {one: `noch ${count} Zeile: Enter öffnet`, other: `noch ${count} Zeilen: Enter öffnet`}),
	failed: {
		'identity-changed': 'Identitätsschlüssel geändert: /verify oder /trust, dann /retry',
		blocked: 'blockiert: mit /block aufheben, dann /retry',
		cancelled: 'zurückgenommen: /retry sendet sie',
		refused: 'das simchat dort kann sie nicht lesen',
	},
	replyingTo: (name: string) => `Antwort an ${name}`,
	replyingToOwn: 'Antwort auf eigene Nachricht',
	editing: 'Bearbeiten',
	escCancels: 'Esc bricht ab',
	enterSavesEscCancels: 'Enter speichert · Esc bricht ab',
};
