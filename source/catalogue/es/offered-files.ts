// How files between people stand, in the conversation and beside it. States, without a capital letter and a stop.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('es');

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
	left: (duration: string) => `quedan ${duration}`,
	theirs: {
		offered: 'ofrecido: /get lo recibe',
		offeredEnter: 'ofrecido: Enter lo recibe, x lo rechaza',
		waiting: (name: string) => `esperando a un dispositivo de ${name}`,
		checking: 'está completo, se comprueba',
		saved: (path: string) => `guardado como ${path}`,
		received: 'recibido',
		declined: 'rechazado',
	},
	ours: {
		offered: 'ofrecido',
		accepted: (name: string) => `${name} lo quiere`,
		received: (name: string) => `${name} lo tiene`,
		declined: (name: string) => `${name} lo rechazó`,
	},
	stopped: 'detenido',
	stoppedBy: (name: string) => `${name} lo detuvo`,
	drop: (file: string, size: string) => `¿Enviar ${file}, ${size}?`,
	dropMany: (count: number, size: string) =>
		plural(count, {one: `¿Enviar ${count} archivo, ${size}?`, other: `¿Enviar ${count} archivos, ${size}?`}),
	dropKeys: 'Enter envía · Esc: como texto',
	line: (file: string, size: string, state: string) => `${file}, ${size}: ${state}`,
};
