// What stands with messages in a conversation.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('es');

export const conversation = {
	quoted: (text: string) => `“${text}”`,
	edited: 'editado',
	notHere: 'un mensaje que no está aquí',
	deleted: 'eliminado por quien lo envió',
	devices: (name: string, count: number) =>
		plural(count, {one: `${name} usa ahora ${count} dispositivo`, other: `${name} usa ahora ${count} dispositivos`}),
	newMessages: (count: number) => plural(count, {one: `${count} nuevo`, other: `${count} nuevos`}),
	moreLines: (count: number) => plural(count, {one: `${count} línea más`, other: `${count} líneas más`}),
	moreLinesEnter: (count: number) =>
		plural(count, {one: `${count} línea más: Enter abre`, other: `${count} líneas más: Enter abre`}),
	failed: {
		'identity-changed': 'la clave de identidad cambió: /verify o /trust, luego /retry',
		blocked: 'bloqueado: /block lo deshace, luego /retry',
		cancelled: 'retirado: /retry lo envía',
		refused: 'su simchat no puede leerlo',
	},
	replyingTo: (name: string) => `Respuesta a ${name}`,
	replyingToOwn: 'Respuesta a tu mensaje',
	editing: 'Edición',
	escCancels: 'Esc cancela',
	enterSavesEscCancels: 'Enter guarda · Esc cancela',
};
