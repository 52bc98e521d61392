// Contacts that a former version kept in clear, in the settings.
import {type History} from '../messaging/history/history.ts';
import {type Settings} from './profile-settings.ts';

/** Moves them into the history, which is encrypted. */
export function moveContacts(settings: Settings, history: Pick<History, 'putContact'>): void {
	if (settings.contacts.length === 0) return;
	for (const contact of settings.contacts) history.putContact({...contact, request: false, nickname: undefined});
	settings.forgetContacts();
}
