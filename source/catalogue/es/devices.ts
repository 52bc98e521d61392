// The devices of the own account: which there are, adding, removing and naming them, joining by a link.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('es');

export const devices = {
	noLink: 'eso no es un enlace de dispositivo: crea uno con /devices en un dispositivo que ya tengas',
	noLabel: 'este dispositivo necesita un nombre propio: escribe cómo lo llamas',
	keeperMayNot: 'un guardián no añade ni quita dispositivos: hazlo en otro dispositivo',
	offline: 'no se llega al servidor: inténtalo otra vez cuando haya conexión',
	recoveryStays: 'las palabras de recuperación solo se quitan a sí mismas',
	lastStays: 'este es el último dispositivo de tu cuenta: añade otro antes de quitarlo',
	notTaken: 'la lista de tus dispositivos ya no admite ese cambio: mírala e inténtalo otra vez',
	later: (seconds: number) => `demasiados cambios: inténtalo otra vez en ${seconds} s`,
	unknown: (typed: string) => `no tienes ningún dispositivo ${typed}: mira simchat devices`,
	several: (typed: string) => `varios dispositivos encajan con ${typed}: escribe más de su identificador`,
	notTold: 'el servidor aún no ha dicho cuáles son tus dispositivos: inténtalo otra vez cuando haya conexión',
	otherAccount: (name: string) =>
		`el servidor muestra otra cuenta ${name} que la del enlace: no sigas, y pregunta al administrador del servidor`,
	joinStopped: 'aún no te has unido: el mismo enlace sigue sirviendo mientras sea válido',
	unanswered:
		'nadie ha respondido en 10 minutos: el enlace ya se usó, es demasiado viejo o es de otra persona; crea otro',
	joinCut: 'la conexión terminó antes de que te dejaran entrar: inténtalo otra vez con el mismo enlace',
	joinTitle: (name: string, server: string) => `simchat: unirse como ${name} en ${server}`,
	joinIntro: (name: string) => `Este será un dispositivo más de ${name}. La contraseña es la de la cuenta.`,
	joinAsked:
		'Esperando al dispositivo que creó el enlace. Si no pasa nada, el enlace ya se usó o tiene más de 10 minutos: crea otro allí.',
	joinAbsent:
		'No está en línea ningún dispositivo tuyo que pueda dejar entrar a este. Abre simchat en el que creó el enlace; este vuelve a preguntar solo.',
	joinHint: 'Esc vuelve · Ctrl-C sale',
	roles: {device: '', keeper: 'guardián', recovery: 'palabras de recuperación'},
	unnamed: (id: string) => `sin nombre (${id})`,
	thisOne: 'este dispositivo',
	added: (when: string) => `añadido ${when}`,
	addedBy: (when: string, by: string) => `añadido ${when} por ${by}`,
	title: 'tus dispositivos',
	hint: 'a añade · k guardián · r nombre · o papel · d quita',
	keeperHint: 'r renombra · Esc cierra',
	addTitle: 'añadir un dispositivo',
	addKeeperTitle: 'añadir un guardián',
	addHint: 'y copia el enlace · Esc lo termina',
	addedHint: 'Esc cierra',
	addWords:
		'Abre simchat en el dispositivo nuevo y pega allí este enlace; te pedirá la contraseña. Quien tenga ambas cosas será un dispositivo tuyo.',
	addKeeperWords:
		'Inicia simchat keep en la máquina que siempre está encendida y pega allí este enlace. Un guardián lee tus mensajes y no puede añadir dispositivos.',
	tooSmall: 'Agranda la ventana para ver el enlace, o pulsa y para copiarlo.',
	timeLeft: (time: string) => `Válido durante ${time} y para un dispositivo.`,
	wrongTries: (left: number) =>
		`Alguien con tu contraseña preguntó con otro enlace; ${plural(left, {one: `${left} intento más termina`, other: `${left} intentos más terminan`})} este.`,
	joined: (label: string) => `se ha unido: ${label}`,
	over: {
		guessed:
			'el enlace ha terminado: alguien que tiene tu contraseña y no el enlace lo intentó tres veces; cambia la contraseña',
		late: 'el enlace es demasiado viejo, y no se ha unido nadie',
		full: 'no hay sitio para otro dispositivo: quita antes uno',
		refused: 'no se pudo añadir el dispositivo: crea otro enlace',
		replaced: 'se creó otro enlace en lugar de este',
	},
	renameTitle: (label: string) => `renombrar ${label}`,
	renameHint: 'Enter guarda · Esc cancela',
	remove: (label: string) => `¿Quitar ${label}? Se desconecta en el acto, no vuelve nunca y conserva lo que tiene.`,
	removeThis: '¿Quitar este dispositivo? Se desconecta en el acto, no vuelve nunca y conserva lo que tiene.',
	keepIt: 'dejarlo',
	removeIt: 'quitarlo',
	removed: (label: string) => `quitado: ${label}`,
	renamed: (label: string) => `ahora se llama: ${label}`,
	news: {
		add: (label: string, by: string, when: string) =>
			`NUEVO DISPOSITIVO de tu cuenta: ${label}, añadido por ${by}, ${when}. Si no fuiste tú, quítalo: /devices`,
		remove: (label: string, by: string, when: string) =>
			`Quitado de tus dispositivos: ${label}, por ${by}, ${when}. Mira /devices`,
		role: (label: string, by: string, when: string) => `Otro papel para ${label}, por ${by}, ${when}. Mira /devices`,
	},
	more: (count: number) =>
		`${plural(count, {one: `${count} cambio más`, other: `${count} cambios más`})} de tus dispositivos: /devices`,
	contradicted: (name: string) =>
		`a ${name} se le mostró otra lista de tus dispositivos: el servidor puede estar mintiendo a uno de los dos. Compara /devices en todos los tuyos y pregunta a ${name}`,
	alarm:
		'El servidor muestra OTRA LISTA DE TUS DISPOSITIVOS que la conocida aquí. No se cree nada de ella. Pregunta al administrador del servidor.',
	waiting: 'esperando al dispositivo nuevo; el enlace vale 10 minutos y para un dispositivo, y Ctrl-C lo termina',
	nobodyJoined: 'no se ha unido nadie, y el enlace ha terminado',
	askRemove: (label: string, id: string) => `¿Quitar ${label} (${id})? No vuelve nunca. Escribe sí: `,
	notRemoved: (label: string) => `se queda: ${label}`,
	askNobody: 'no hay terminal en la que preguntar: con --yes se quita',
	usage:
		'uso: simchat devices [list | add [--keeper] | remove DEVICE | rename DEVICE LABEL | role DEVICE keeper|device | accept]',

	// Last seen, and other roles. `when`: day and time.
	lastSeen: (when: string) => `visto ${when}`,
	madeRole: {
		keeper: (label: string) => `ahora es guardián: ${label}`,
		device: (label: string) => `ya no es guardián: ${label}`,
	},
	askRole: {
		keeper: (label: string) =>
			`¿Hacer de ${label} un guardián? Ya no añade ni quita dispositivos, y suelta lo que los demás tienen.`,
		device: (label: string) =>
			`¿Hacer de ${label} un dispositivo como los demás? Podrá añadir y quitar dispositivos, y no suelta nada.`,
	},
	makeIt: 'cambiarlo',

	// A list that is not the known one, once somebody has looked into it.
	alarmHint: 'Pulsa t cuando lo hayas comprobado.',
	differences: {
		missing: (label: string) => `no está en la lista del servidor: ${label}`,
		there: (label: string) => `solo está en la lista del servidor: ${label}`,
		'other-role': (label: string) => `con otro papel en la lista del servidor: ${label}`,
	},
	noDifference: 'la lista del servidor tiene los mismos dispositivos, con otra historia',
	otherFounder:
		'la lista del servidor empieza con otra clave que la de tu cuenta, o no tiene este dispositivo: no se puede aceptar; pregunta al administrador del servidor',
	askAccept:
		'¿Aceptar desde ahora la lista del servidor? Si no sabes por qué es otra, pregunta antes al administrador del servidor.',
	askAcceptYes: '¿aceptar desde ahora la lista del servidor? Escribe sí o yes: ',
	askLooked: (name: string) => `¿Está claro por qué ${name} vio otra lista? Entonces no se dice otra vez.`,
	askLookedYes: (name: string) => `¿está claro por qué ${name} vio otra lista? Escribe sí o yes: `,
	acceptIt: 'está claro',
	accepted: 'la lista de tus dispositivos queda aceptada como está ahora',
	notAccepted: 'no se acepta nada, y la alarma sigue',
	nothingToAccept: 'no hay nada que aceptar: la lista de tus dispositivos es la conocida',

	// What a new device gets. Lines, but for the last.
	copying: (label: string) =>
		`lo que tienes pasa ahora a ${label}: espera hasta que lo tenga todo; Ctrl-C termina la espera`,
	copied: (label: string) => `ya lo tiene todo: ${label}`,
	notCopied: (label: string) =>
		`aún falta algo: ${label} recibe el resto mientras otro dispositivo tuyo esté en marcha`,
	copiesWhileOn: 'Recibe lo que tienes mientras este simchat esté en marcha.',
};
