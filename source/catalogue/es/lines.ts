// Messages and contacts as lines of `tail`, `search`, `export --text` and `contacts`.
export const lines = {
	me: 'yo',
	meTo: (name: string) => `yo → ${name}`,
	presence: {online: 'en línea', keeper: 'guardián', offline: 'sin conexión', unknown: 'desconocido'},
	keys: {
		unknown: 'clave desconocida',
		pinned: 'clave guardada',
		verified: 'clave verificada',
		changed: 'clave cambiada',
	},
	called: (nickname: string) => `apodo ${nickname}`,
	request: 'quiere hablar',
	away: (why: string) => `ausente: ${why}`,
	blocked: 'bloqueado',
	unread: (messages: number) => `${messages} sin leer`,
	undelivered: (messages: number) => `${messages} sin entregar`,
	changeLost: 'nadie lee la salida: no se muestra un cambio de un mensaje',
	comesAgain: (problem: string) => `${problem}; lo que llegue entretanto llegará otra vez`,
};
