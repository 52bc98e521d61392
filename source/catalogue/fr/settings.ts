// The settings.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('fr');

export const settings = {
	title: 'Réglages',
	hint: '↑ ↓ choisir · Enter change · Esc ferme',
	labels: {
		theme: 'thème',
		notifications: 'notifications',
		mouse: 'souris',
		glyphs: 'symboles',
		typing: 'frappe',
		receipts: 'avis de lecture',
		localAddresses: 'adresses locales',
		router: 'routeur',
		keys: 'touches',
	},
	values: {
		notify: {
			off: 'non',
			bell: 'sonnerie',
			osc9: 'OSC 9 (iTerm2, ConEmu, Windows Terminal)',
			osc777: 'OSC 777 (urxvt, foot, Ghostty, WezTerm)',
			osc99: 'OSC 99 (kitty)',
			command: (command: string) => `une commande à vous : ${command}`,
		},
		mouseOn: 'oui (molette, clic ; Shift : texte)',
		mouseOff: 'non (le terminal sélectionne le texte)',
		glyphs: {auto: 'auto (selon le système)', ascii: 'ASCII', unicode: 'Unicode'},
		typingOn: 'oui (les autres voient que vous écrivez)',
		typingOff: 'non',
		receiptsOn: 'oui (les autres voient ce que vous lisez)',
		receiptsOff: 'non',
		addressesContacts: 'communiquées aux contacts',
		addressesNobody: 'communiquées à personne',
		routerAsked: 'doit laisser entrer les contacts',
		routerAlone: 'laissé tranquille',
		keysAsTheyCome: 'd’origine',
		keysChanged: (count: number) => plural(count, {one: `${count} changée`, other: `${count} changées`}),
	},
	keysTitle: 'Touches',
	keysHint: '↑ ↓ · Enter change · Backspace rétablit · Esc ferme',
	keysWaiting: 'tapez la nouvelle touche · Esc annule',
	keyMoved: (key: string, former: string) => `désormais ${key} fait ceci, et non plus cela : ${former}`,
	noTheme: (name: string, names: string) => `le thème ${name} n’existe pas : choisissez parmi ${names}`,
	noRole: (place: string, role: string, roles: string) => `${place} n’a pas de rôle ${role} : il existe ${roles}`,
	noColour: (place: string, colour: string) =>
		`${place} : ${colour} n’est pas une couleur ; écrivez red, #d70000 ou ansi256(160)`,
};
