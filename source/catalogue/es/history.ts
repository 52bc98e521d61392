// search, export, forget, check, backup and restore.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('es');
const messages = (count: number) => plural(count, {one: `${count} mensaje`, other: `${count} mensajes`});

export const history = {
	noMessages: (name: string) => `no hay mensajes con ${name}: no se borró nada`,
	askForget: (count: number, name: string) =>
		`¿Borrar ${messages(count)} con ${name} de este disco para siempre? Escribe sí: `,
	noTerminal: 'no hay terminal en la que preguntar: añade --yes para borrar',
	notForgotten: 'no se borró nada',
	forgotten: (count: number, name: string) =>
		plural(count, {
			one: `se borró ${messages(count)} con ${name}`,
			other: `se borraron ${messages(count)} con ${name}`,
		}),
	sound: 'el historial está en buen estado',
	damaged: 'el historial está dañado: pon una copia en su lugar',
	damagedPage: (page: number) => `la página ${page} está dañada`,
	cannotWrite: (file: string, why: string) => `no se puede escribir ${file}: ${why}`,
	fileThere: 'ya existe: elige otro nombre, o añade --force',
	copied: (folder: string) => `copiado en ${folder}`,
	restored: (folder: string) => `restaurado en ${folder}`,
};
