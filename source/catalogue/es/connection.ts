// The way to the server, as commands and the client in lines tell of it. What follows `simchat: ` begins with a small letter.
export const connection = {
	problems: {
		unreachable: 'no se puede acceder al servidor',
		timeout: 'el servidor no responde',
		closed: 'se perdió la conexión con el servidor',
		busy: 'el servidor está ocupado',
		shutdown: 'el servidor se está deteniendo',
		protocol: 'el servidor dijo algo que esta versión no entiende',
		displaced: 'otro inicio de sesión con esta cuenta tomó el relevo',
		removed: 'la cuenta ya no existe: pide una invitación al administrador',
		'device-removed': 'otro dispositivo de la cuenta quitó este',
		credentials: 'la contraseña se cambió en otro dispositivo: /password o simchat password adopta la nueva',
		identity: 'la cuenta es ahora de otro dispositivo: su clave de identidad no es la de este perfil',
		'server-key': 'el servidor tiene una clave equivocada',
	},
	impersonation: [
		'PUEDE QUE OTRA PERSONA ESTÉ RESPONDIENDO EN LUGAR DE TU SERVIDOR.',
		'Pregunta a quien lo administra, en persona o por teléfono, si se cambió la clave.',
		'Si no se cambió, alguien está interceptando la conexión: no sigas.',
	],
	tryingAgain: (problem: string) => `${problem}; se reintenta automáticamente`,
	notReached: 'aún no se ha llegado al servidor',
	udpSilent: 'no vuelve nada del servidor por UDP',
	clockBehind: (time: string) =>
		`el reloj de este equipo va ${time} por detrás del servidor: simchat lo tiene en cuenta, pero conviene ponerlo en hora`,
	clockAhead: (time: string) =>
		`el reloj de este equipo va ${time} por delante del servidor: simchat lo tiene en cuenta, pero conviene ponerlo en hora`,
	days: (count: number) => `${count} días`,
	hours: (count: number) => `${count} horas`,
	minutes: (count: number) => `${count} minutos`,
};
