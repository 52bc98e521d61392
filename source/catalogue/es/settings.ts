// The settings.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('es');

export const settings = {
	title: 'Ajustes',
	hint: '↑ ↓ elegir · Enter cambia · Esc cierra',
	labels: {
		theme: 'tema',
		notifications: 'notificaciones',
		mouse: 'ratón',
		glyphs: 'símbolos',
		typing: 'escribiendo',
		receipts: 'conf. de lectura',
		localAddresses: 'direcc. locales',
		router: 'router',
		keys: 'teclas',
	},
	values: {
		notify: {
			off: 'no',
			bell: 'timbre',
			osc9: 'OSC 9 (iTerm2, ConEmu, Windows Terminal)',
			osc777: 'OSC 777 (urxvt, foot, Ghostty, WezTerm)',
			osc99: 'OSC 99 (kitty)',
			command: (command: string) => `un comando propio: ${command}`,
		},
		mouseOn: 'sí (rueda desplaza, clic elige; Shift: texto)',
		mouseOff: 'no (la terminal selecciona texto)',
		glyphs: {auto: 'auto (según el sistema)', ascii: 'ASCII', unicode: 'Unicode'},
		typingOn: 'sí (los demás ven que escribes)',
		typingOff: 'no',
		receiptsOn: 'sí (los demás ven qué has leído)',
		receiptsOff: 'no',
		addressesContacts: 'se dicen a los contactos',
		addressesNobody: 'no se dicen a nadie',
		routerAsked: 'debe dejar entrar a los contactos',
		routerAlone: 'no se toca',
		keysAsTheyCome: 'las originales',
		keysChanged: (count: number) => plural(count, {one: `${count} cambiada`, other: `${count} cambiadas`}),
	},
	keysTitle: 'Teclas',
	keysHint: '↑ ↓ · Enter cambia · Backspace restaura · Esc cierra',
	keysWaiting: 'pulsa la tecla nueva · Esc cancela',
	keyMoved: (key: string, former: string) => `ahora ${key} hace esto, y ya no esto otro: ${former}`,
	noTheme: (name: string, names: string) => `no existe el tema ${name}: elige uno de estos: ${names}`,
	noRole: (place: string, role: string, roles: string) => `${place} no tiene la función ${role}: existen ${roles}`,
	noColour: (place: string, colour: string) =>
		`${place}: ${colour} no es un color; escribe red, #d70000 o ansi256(160)`,
};
