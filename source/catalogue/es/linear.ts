// What `simchat --linear` says, for those who hear it or read it line by line: whole sentences, with capital letters and stops.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('es');

export const linear = {
	listed: (parts: readonly string[]) => parts.join(', '),
	quoted: (text: string) => `“${text}”`,
	quotedPart: (text: string) => `“${text}” y más`,

	noAccount: ['Este perfil aún no tiene cuenta.', 'Un enlace de acceso del administrador de un servidor crea una.'],
	signingIn: (name: string, server: string) => `Iniciando sesión como ${name} en ${server}.`,
	signedIn: (name: string, server: string) => `Sesión iniciada como ${name} en ${server}.`,
	ctrlDQuits: 'Ctrl-D sale.',
	ctrlCQuits: 'Ctrl-C otra vez sale.',
	lineDropped: 'La línea se descartó. Ctrl-C otra vez sale.',
	goodbye: 'Adiós.',
	helpLists: '/help enumera los comandos.',

	prompts: {
		'join link': 'Enlace de acceso: ',
		name: 'Nombre: ',
		password: 'Contraseña: ',
		again: 'La misma contraseña otra vez: ',
		device: 'Cómo se llama este dispositivo: ',
	},
	asking: 'Consultando al servidor.',
	locked: (seconds: number) =>
		`Demasiadas contraseñas incorrectas. Puedes intentarlo otra vez en ${plural(seconds, {one: `${seconds} segundo`, other: `${seconds} segundos`})}.`,
	unlocked: 'Ya puedes intentarlo otra vez.',
	secondsLeft: (seconds: number) =>
		plural(seconds, {one: `Queda ${seconds} segundo.`, other: `Quedan ${seconds} segundos.`}),

	connected: 'Conexión establecida.',
	connectedAgain: 'Conexión restablecida.',
	retried: (problem: string) => `${problem}; se reintenta automáticamente`,
	stopped: 'Ya no se envía ni se recibe nada. /quit cierra simchat.',

	noneOpen: 'No hay ninguna conversación abierta. /open NOMBRE abre una, /list dice quién está en tu lista.',
	nobodyInList: 'Aún no hay nadie en tu lista. /add NOMBRE añade a alguien y abre la conversación.',
	closed: 'Ya no hay ninguna conversación abierta.',
	talkingTo: (contact: string) => `Conversación con ${contact}.`,
	newFrom: (name: string) => `Mensaje nuevo de ${name}. /open ${name} lo lee.`,
	mention: (name: string) => `${name} te menciona. /open ${name} lo lee.`,
	unread: (list: readonly string[]) => `Sin leer: ${list.join('; ')}.`,
	unreadOf: (name: string, messages: number) => `${name} ${messages}`,
	unreadOfStranger: (name: string, messages: number) => `${name} ${messages}, no está en tu lista`,
	lost: (count: number) =>
		plural(count, {
			one: `${count} línea de novedades llegó demasiado rápido y se omitió.`,
			other: `${count} líneas de novedades llegaron demasiado rápido y se omitieron.`,
		}),

	isNow: (name: string, presence: string) => `${name}: ${presence}.`,
	isAway: (name: string, why: string) => `${name} no está: ${why}`,
	isBack: (name: string) => `${name} ha vuelto.`,
	keys: {unknown: '', pinned: 'sin verificar', verified: 'verificado', changed: 'CLAVE CAMBIADA'},
	called: (nickname: string) => `apodo ${nickname}`,
	blocked: 'bloqueado',
	request: 'no está en tu lista, quiere hablar',
	away: (why: string) => `ausente: ${why}`,
	muted: 'silenciado',
	timer: (time: string) => `los mensajes desaparecen ${time} después de leerlos`,
	unreadCount: (messages: number) => `${messages} sin leer`,
	undeliveredCount: (messages: number) => `${messages} sin entregar`,

	keyWarning: (name: string) => [
		`ATENCIÓN: la clave de ${name} ha cambiado.`,
		`O bien ${name} tiene un dispositivo nuevo, o bien otra persona responde con este nombre.`,
		`No se envía nada a ${name} hasta que decidas.`,
	],
	keyChoices: (name: string) =>
		`/verify ${name} muestra el número para comparar. /trust ${name} acepta la clave nueva sin comparar.`,
	requestWarning: (name: string) => `${name}, que no está en tu lista, te escribió.`,
	requestReads: (name: string) =>
		`/open ${name} lo lee. /accept ${name} te permite responder. /block ${name} no deja pasar nada más.`,
	requestChoices: (name: string) => `/accept ${name} te permite responder. /block ${name} no deja pasar nada más.`,

	you: 'tú',
	action: ', acción',
	at: (time: string) => `, ${time}`,
	dayAndTime: (day: string, time: string) => `${day} ${time}`,
	replyingTo: (quote: string) => `, en respuesta a ${quote}`,
	replyingToMessage: ', en respuesta a un mensaje',
	disappears: (time: string) => `, desaparece después de ${time}`,
	edited: ', editado',
	states: {
		queued: ', en espera',
		sent: ', en camino',
		delivered: ', entregado',
		read: ', leído',
		failed: ', no enviado',
	},
	reaction: (emoji: string, from: string) => `, ${emoji} de ${from}`,
	reactionOfYours: (emoji: string) => `, ${emoji} de ti`,
	deleted: (head: string) => `${head}, eliminado.`,
	message: (head: string, text: string) => `${head}: ${text}`,
	to: (whom: string, message: string) => `a ${whom}, ${message}`,

	acts: {
		edited: (name: string, text: string) => `${name} cambió un mensaje: ${text}`,
		deleted: (name: string) => `${name} eliminó un mensaje.`,
		reacted: (name: string, emoji: string) => `${name} reaccionó con ${emoji}.`,
		reactedTo: (name: string, emoji: string, text: string) => `${name} reaccionó con ${emoji}: ${text}.`,
		reactionGone: (name: string) => `${name} retiró una reacción.`,
		reactionGoneFrom: (name: string, text: string) => `${name} retiró una reacción: ${text}.`,
		timer: (name: string, seconds: number) => `${name} hace desaparecer los mensajes ${seconds} s después de leerlos.`,
		timerOff: (name: string) => `${name} deja de hacer desaparecer los mensajes.`,
		pinned: (name: string) => `${name} fijó un mensaje.`,
		pinnedThis: (name: string, text: string) => `${name} fijó un mensaje: ${text}.`,
		unpinned: (name: string) => `${name} dejó de fijar un mensaje.`,
		unpinnedThis: (name: string, text: string) => `${name} dejó de fijar un mensaje: ${text}.`,
	},
	fileOffered: (head: string, file: string, size: string) =>
		`${head} ofrece un archivo, ${file}, ${size}. /get lo recibe.`,
	fileOfferedByYou: (head: string, file: string, size: string) => `${head}, archivo ofrecido: ${file}, ${size}.`,
	files: {
		accepted: (name: string, file: string) => `${name} quiere el archivo ${file}.`,
		declined: (name: string, file: string) => `${name} rechaza el archivo ${file}.`,
		received: (name: string, file: string) => `${name} tiene el archivo ${file}.`,
		stopped: (name: string, file: string) => `${name} detuvo el archivo ${file}.`,
	},
	fileSaved: (file: string, path: string) => `El archivo ${file} está aquí, guardado como ${path}.`,
	fileFailed: (file: string, why: string) => `el archivo ${file} ha fallado: ${why}`,
	fileProgress: (file: string, progress: string) => `El archivo ${file}: ${progress}.`,

	delivered: 'Entregado.',
	deliveredTo: (whom: string) => `Entregado a ${whom}.`,
	deliveredCount: (messages: number) => `Entregados: ${messages} mensajes.`,
	deliveredCountTo: (whom: string, messages: number) => `Entregados a ${whom}: ${messages} mensajes.`,
	read: 'Leído.',
	readBy: (whom: string) => `Leído por ${whom}.`,
	readCount: (messages: number) => `Leídos: ${messages} mensajes.`,
	readCountBy: (whom: string, messages: number) => `Leídos por ${whom}: ${messages} mensajes.`,
	notSent: (quote: string, why: string) => `no enviado: ${quote}, porque ${why}`,
	notDelivered: (why: string) => `aún sin entregar: ${why}`,
	goesOut: 'Está guardado, y se envía automáticamente.',
	waitingAtStart: (messages: number) =>
		`${plural(messages, {one: `Hay ${messages} mensaje`, other: `Hay ${messages} mensajes`})} sin entregar. /outbox los enumera.`,
	waitingAtEnd: (messages: number) =>
		plural(messages, {
			one: `${messages} mensaje queda sin entregar; está guardado, y se envía cuando simchat vuelva a ejecutarse.`,
			other: `${messages} mensajes quedan sin entregar; están guardados, y se envían cuando simchat vuelva a ejecutarse.`,
		}),
	failures: {
		'identity-changed': (name: string) => `la clave de ${name} ha cambiado`,
		blocked: (name: string) => `has bloqueado a ${name}`,
		cancelled: () => 'se retiró',
		refused: (name: string) => `el simchat de ${name} no puede leerlo`,
	},
	failed: 'falló',

	changing: (quote: string) => `Cambiar ${quote}. Escribe el texto nuevo. Una línea vacía lo deja como está.`,
	replying: (quote: string) => `Responder a ${quote}. Escribe la respuesta. Una línea vacía cancela.`,
	notSentKey: (name: string) => `No enviado: la clave de ${name} ha cambiado.`,
	notSentRequest: (name: string) => `No enviado: ${name} no está en tu lista.`,
	youTyped: (quote: string) => `antes escribiste: ${quote}`,
	keepUnsent: 'no enviarlo',
	sendIt: 'enviarlo',

	answer: (typed: string, answer: string) => `Escribe ${typed} para: ${answer}.`,
	otherwise: (keep: string) => `Cualquier otra cosa significa: ${keep}.`,

	done: 'hecho',
	leftAsItIs: 'queda como está',
	changed: 'cambiado',
	notThere: 'ya no está ahí',
	nobodyToSendTo: 'aún no hay a quién enviar: /open NOMBRE o /add NOMBRE abre una conversación',
	noCommand: (name: string) =>
		`no existe el comando /${name}: /help enumera los comandos, y // empieza un mensaje con una barra`,
};
