// How files between people stand, in the conversation and beside it. States, without a capital letter and a stop.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('de');

export const offeredFiles = {
	sizes: {
		B: (number: string) => `${number} B`,
		kB: (number: string) => `${number} kB`,
		MB: (number: string) => `${number} MB`,
		GB: (number: string) => `${number} GB`,
		TB: (number: string) => `${number} TB`,
	},
	rate: (size: string) => `${size}/s`,
	percent: (share: string) => `${share} %`,
	left: (duration: string) => `noch ${duration}`,
	theirs: {
		offered: 'angeboten: /get holt sie',
		offeredEnter: 'angeboten: Enter holt sie, x lehnt ab',
		waiting: (name: string) => `wartet auf ein Gerät von ${name}`,
		checking: 'alles da, wird geprüft',
		saved: (path: string) => `gespeichert als ${path}`,
		received: 'empfangen',
		declined: 'abgelehnt',
	},
	ours: {
		offered: 'angeboten',
		accepted: (name: string) => `${name} will sie`,
		received: (name: string) => `${name} hat sie`,
		declined: (name: string) => `${name} hat abgelehnt`,
	},
	stopped: 'abgebrochen',
	stoppedBy: (name: string) => `${name} hat abgebrochen`,
	drop: (file: string, size: string) => `${file}, ${size}, senden?`,
	dropMany: (count: number, size: string) =>
		plural(count, {one: `${count} Datei, ${size}, senden?`, other: `${count} Dateien, ${size}, senden?`}),
	dropKeys: 'Enter sendet · Esc: als Text',
	line: (file: string, size: string, state: string) => `${file}, ${size}: ${state}`,
};
