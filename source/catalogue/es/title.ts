// The line above a conversation. All of it has one line: as few cells as can be.
export const title = {
	muted: 'silenciado',
	pinned: (text: string) => `fijado: ${text}`,
	nickname: (name: string, nickname: string) => `${name} “${nickname}”`,
	wantsToTalk: 'quiere hablar',
	away: (why: string) => `ausente: ${why}`,
	online: 'en línea',
	offline: 'sin conexión',
	onlyKeeper: 'hay un guardián',
	keeper: 'guardián',
	connected: 'conectado',
	presenceUnknown: 'estado desconocido',
	unknown: 'no se sabe',
	blocked: 'bloqueado',
	verified: 'verificado',
	keyChanged: 'clave cambiada',
	notVerified: 'sin verificar',
};
