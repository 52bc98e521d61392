// The account of a profile: its folder and files, signing up and in. Errors follow `simchat: ` and say what to do next.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('es');

export const account = {
	nameAt: (name: string, server: string) => `${name} en ${server}`,
	none: 'este perfil aún no tiene cuenta: regístrate con un enlace de acceso del administrador de un servidor',
	noneIn: (folder: string) => `en ${folder} no hay ninguna cuenta: indica con --profile la carpeta de una`,
	noneInYet: (folder: string) =>
		`en ${folder} no hay ninguna cuenta: crea una con simchat sign-up LINK --name NAME, o indica su carpeta con --profile`,
	signInFirst: 'primero inicia sesión',

	isAnothers: (name: string, server: string) =>
		`este perfil es de ${name} en ${server}: para una segunda cuenta elige otra carpeta con --profile`,
	noLink:
		'eso no es un enlace de acceso: tiene la forma simchat://host:port/#key, pídelo al administrador del servidor',
	begun: (vault: string) =>
		`en este perfil se empezó un registro con otra contraseña: usa esa contraseña, o borra ${vault} para empezar de nuevo`,
	inviteFor: (name: string) =>
		`la invitación es para ${name}: si quieres otro nombre, habla con el administrador del servidor`,
	nameTaken: 'ese nombre ya está en uso: elige otro',
	inviteInvalid: 'la invitación no vale para este nombre, o ya se usó: pide otra al administrador del servidor',
	registrationClosed: 'este servidor no admite cuentas nuevas: habla con su administrador',

	wrongPassword: 'contraseña incorrecta: no abre la bóveda de este dispositivo',
	wrongPasswordAgain: 'contraseña incorrecta: no abre la bóveda de este dispositivo; inténtalo otra vez',
	wrongVaultPassword: 'contraseña incorrecta: la bóveda tiene otra; inténtalo otra vez',
	triesLeft: (tries: number) =>
		`contraseña incorrecta: ${plural(tries, {one: `queda ${tries} intento`, other: `quedan ${tries} intentos`})} antes de una pausa de 60 s`,
	locked: (seconds: number) => `demasiadas contraseñas incorrectas: inténtalo otra vez en ${seconds} s`,
	passwordEmpty: 'la contraseña está vacía: escribe al menos un carácter',
	passwordCharacter: 'la contraseña tiene un carácter de control, invisible o no asignado: escríbela otra vez sin él',
	thePasswordIs: (weakness: string) => `la contraseña es ${weakness}`,
	weak: (time: string) =>
		`débil: quien copie este perfil la adivina ${time}, y lee tus claves y mensajes. Cuatro palabras al azar son mejores.`,
	withinAMinute: 'en menos de un minuto',
	inMinutes: (count: number) => `en ${plural(count, {one: `${count} minuto`, other: `${count} minutos`})} más o menos`,
	inHours: (count: number) => `en ${plural(count, {one: `${count} hora`, other: `${count} horas`})} más o menos`,
	inDays: (count: number) => `en ${plural(count, {one: `${count} día`, other: `${count} días`})} más o menos`,
	tooManyChanges: (seconds: number) => `demasiados cambios: inténtalo otra vez en ${seconds} s`,
	changeOffline: 'no se puede acceder al directorio: cambia la contraseña cuando haya conexión',

	unreachable: (place: string) => `nadie responde en ${place}: comprueba la dirección, tu red y el servidor`,
	timeout: (place: string) => `${place} no responde a tiempo: inténtalo más tarde`,
	closed: (place: string) => `${place} cerró la conexión: inténtalo más tarde`,
	later: (place: string, seconds: number) => `${place} no lo permite por ahora: inténtalo otra vez en ${seconds} s`,
	memory: (place: string) =>
		`${place} pide para derivar la clave de la contraseña más memoria de la que hay: cierra otros programas e inténtalo otra vez`,
	otherProtocol: (place: string, flaw: string) =>
		`${place} no habla nuestro protocolo (${flaw}): ¿es un servidor simchat de esta versión?`,
	notUnderstood: (place: string) => `${place} no nos entendió: ¿es un servidor simchat de esta versión?`,
	serverKey: (place: string) =>
		`ATENCIÓN: ${place} no es el servidor en el que te registraste: no tiene su clave. Puede que alguien lo suplante. No se le envió nada que ayude a hacerlo. Si el administrador dice que la clave se cambió, pide un nuevo enlace de acceso`,
	otherDevice:
		'la contraseña es correcta, pero este dispositivo no es el de la cuenta: su clave de identidad se sustituyó. Pide al administrador del servidor que restablezca la cuenta',
	gone: 'esta cuenta ya no existe en el servidor: habla con su administrador',
	deviceRemoved: 'otro dispositivo de esta cuenta quitó este: añádelo allí de nuevo, como dispositivo nuevo',

	portOfSystem: (port: number, from: number) =>
		`el puerto UDP ${port} es del sistema: elige uno de ${from} a 65535 con --port`,
	portUnusable: (port: number, code: string) =>
		`el puerto UDP ${port} no se puede abrir (${code}): elige otro con --port`,
	portTaken: (port: number) => `el puerto UDP ${port} lo usa otro programa: ciérralo, o elige otro puerto con --port`,
	portTakenBy: (port: number, program: string, pid: number) =>
		`el puerto UDP ${port} lo usa ${program} (proceso ${pid}): ciérralo, o elige otro puerto con --port`,
};
