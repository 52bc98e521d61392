// Why a message is not sent or not delivered. It follows `simchat: `.
export const sending = {
	failures: {
		'identity-changed': (name: string) =>
			`la clave de ${name} ha cambiado, y no se envía nada hasta que decidas: simchat verify ${name} muestra qué comparar`,
		blocked: (name: string) => `has bloqueado a ${name}`,
		cancelled: () => 'el mensaje se canceló',
		refused: (name: string) => `el simchat de ${name} no puede leer el mensaje`,
	},
	notYet: (why: string) =>
		`aún sin entregar: ${why}. Está guardado en este disco y se envía cuando simchat vuelva a ejecutarse.`,
	nextStep: (step: string) => `siguiente paso: ${step}`,
	waitLonger: (name: string) => `espera más con --wait, o mira qué dice simchat doctor ${name}`,
	waiting: {
		unconfirmed: (name: string) => `${name} no ha confirmado la recepción`,
		offline: (name: string) => `${name} no está en línea`,
		looking: (name: string) => `aún se busca una ruta hasta ${name}`,
		noWay: (name: string, why: string) => `no hay ruta hasta ${name}: ${why}`,
		blocked: (name: string, why: string) => `no hay sesión con ${name}: ${why}`,
		noSession: (name: string) => `aún no hay sesión con ${name}`,
	},
};
