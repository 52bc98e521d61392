// How files between people stand, in the conversation and beside it. States, without a capital letter and a stop.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('fr');

export const offeredFiles = {
	sizes: {
		B: (number: string) => `${number} o`,
		kB: (number: string) => `${number} ko`,
		MB: (number: string) => `${number} Mo`,
		GB: (number: string) => `${number} Go`,
		TB: (number: string) => `${number} To`,
	},
	rate: (size: string) => `${size}/s`,
	percent: (share: string) => `${share} %`,
	left: (duration: string) => `encore ${duration}`,
	theirs: {
		offered: 'proposé : /get le récupère',
		offeredEnter: 'proposé : Enter le récupère, x le refuse',
		waiting: (name: string) => `attend un appareil de ${name}`,
		checking: 'complet, en cours de vérification',
		saved: (path: string) => `enregistré sous ${path}`,
		received: 'reçu',
		declined: 'refusé',
	},
	ours: {
		offered: 'proposé',
		accepted: (name: string) => `${name} le veut`,
		received: (name: string) => `${name} l’a`,
		declined: (name: string) => `refusé par ${name}`,
	},
	stopped: 'arrêté',
	stoppedBy: (name: string) => `arrêté par ${name}`,
	drop: (file: string, size: string) => `Envoyer ${file}, ${size} ?`,
	dropMany: (count: number, size: string) =>
		plural(count, {one: `Envoyer ${count} fichier, ${size} ?`, other: `Envoyer ${count} fichiers, ${size} ?`}),
	dropKeys: 'Enter envoie · Esc : en texte',
	line: (file: string, size: string, state: string) => `${file}, ${size} : ${state}`,
};
