// Signing up and signing in.
export const entrance = {
	signUpTitle: 'simchat: registro',
	signInTitle: (name: string, server: string) => `simchat: sesión de ${name} en ${server}`,
	intro:
		'simchat es un programa de mensajería para la terminal, cifrado de extremo a extremo. Los mensajes van directamente de un equipo a otro.',
	fields: {
		'join link': 'enlace',
		name: 'nombre',
		password: 'contraseña',
		again: 'otra vez',
		device: 'dispositivo',
	},
	hint: 'Enter sigue · Tab cambia · Ctrl-C sale',
	quitHint: 'Ctrl-C sale',
	hintSentence: 'Enter sigue, Tab cambia de campo, Ctrl-C sale.',
	working: 'Se deriva la clave de la contraseña y se consulta al servidor…',
	secondsLeft: (seconds: number) => `${seconds} s`,
	tooManyWrong: 'Demasiadas contraseñas incorrectas.',
	comesBack: 'El formulario vuelve por sí solo.',
	different: 'las dos contraseñas son distintas: escribe ambas otra vez',
	forAnother: (name: string) =>
		`este perfil ya es de ${name}: para una segunda cuenta inicia simchat con --profile DIR`,
};
