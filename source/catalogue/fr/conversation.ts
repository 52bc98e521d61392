// What stands with messages in a conversation.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('fr');

export const conversation = {
	quoted: (text: string) => `« ${text} »`,
	edited: 'modifié',
	notHere: 'un message absent ici',
	deleted: 'supprimé par l’expéditeur',
	devices: (name: string, count: number) =>
		plural(count, {
			one: `${name} utilise maintenant ${count} appareil`,
			other: `${name} utilise maintenant ${count} appareils`,
		}),
	newMessages: (count: number) => plural(count, {one: `${count} nouveau`, other: `${count} nouveaux`}),
	moreLines: (count: number) => plural(count, {one: `encore ${count} ligne`, other: `encore ${count} lignes`}),
	moreLinesEnter: (count: number) =>
		plural(count, {one: `encore ${count} ligne : Enter ouvre`, other: `encore ${count} lignes : Enter ouvre`}),
	failed: {
		'identity-changed': 'la clé d’identité a changé : /verify ou /trust, puis /retry',
		blocked: 'bloqué : /block pour annuler, puis /retry',
		cancelled: 'retiré : /retry l’envoie',
		refused: 'illisible pour son simchat',
	},
	replyingTo: (name: string) => `Réponse à ${name}`,
	replyingToOwn: 'Réponse à votre message',
	editing: 'Modification',
	escCancels: 'Esc annule',
	enterSavesEscCancels: 'Enter enregistre · Esc annule',
};
