// The line above the composer.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('fr');

export const status = {
	problems: {
		unreachable: 'serveur injoignable',
		timeout: 'le serveur ne répond pas',
		closed: 'connexion perdue',
		busy: 'serveur occupé',
		shutdown: 'redémarrage du serveur',
		protocol: 'serveur incompris',
		displaced: 'connexion ouverte ailleurs',
		removed: 'ce compte a été réinitialisé par l’administrateur : cet appareil ne peut plus se connecter',
		'device-removed': 'un autre de vos appareils a retiré celui-ci : il ne peut plus se connecter',
		credentials: 'le mot de passe a changé : /password',
		identity: 'ce compte est passé sur un autre appareil',
		'server-key': 'QUELQU’UN D’AUTRE RÉPOND PEUT-ÊTRE POUR LE SERVEUR',
	},
	connected: 'connecté',
	connecting: 'connexion…',
	offline: 'hors ligne',
	retrying: (problem: string) => `${problem}, nouvel essai`,
	signedOut: 'déconnecté',
	outbox: (messages: number) => `envoi ${messages}`,
	unread: (conversations: number) =>
		plural(conversations, {one: `non lu ${conversations}`, other: `non lus ${conversations}`}),
	below: (messages: number) => `${messages} plus bas (End)`,
	isTyping: (name: string) => `${name} écrit…`,
	help: 'F1 aide',
};
