// What is wrong with a command line, and what to type instead. It follows `simchat: `.
export const commandLine = {
	noCommand: (word: string, commands: string) => `no existe el comando ${word}: usa uno de estos: ${commands}`,
	noTerminal: (commands: string) =>
		`sin terminal no hay pantalla completa: usa --linear, o uno de estos comandos: ${commands}`,
	flagNotFor: (flag: string, command: string) => `${flag} no vale para ${command}: quítalo`,
	flagNotForScreen: (flag: string) => `${flag} no vale para la pantalla completa: quítalo`,
	flagNotForLines: (flag: string) => `${flag} no vale para el modo de líneas: quítalo`,
	noFlag: (flag: string) => `no existe la opción ${flag}: quítala, o pon -- antes de un texto que empieza con un guion`,
	flagTwice: (flag: string) => `La opción ${flag} solo se puede dar una vez.`,
	noValue: (flag: string) => `${flag} necesita un valor`,
	password:
		'una contraseña en la línea de comandos la ve todo el mundo en este equipo: quita --password y escríbela cuando se te pida, o define SIMCHAT_PASSWORD, o usa --password-stdin',
	usage: (form: string) => `uso: ${form}`,
	tooMany: (command: string, words: string, surplus: string) => `${command} admite ${words}: quita ${surplus}`,
	noWords: (command: string, surplus: string) => `${command} no admite argumentos: quita ${surplus}`,
	noName: (command: string) =>
		`${command} necesita un nombre: simchat ${command} LINK --name NAME; un enlace con invitación ya lo trae`,
	shell: (shells: string) => `completion admite uno de estos: ${shells}`,
	wait: (most: number) => `--wait admite segundos, de 0 a ${most}`,
	since:
		'--since admite un día (2026-11-03), una hora (2026-11-03T09:30, con Z o +01:00 si no es de aquí), ms desde 1970 o el identificador de un mensaje',
	duration: 'la duración es un número y una unidad, como 30s, 5m, 1h, 1d o 1w; o off',
	port: (most: number) => `--port admite un puerto UDP, de 1 a ${most}`,
	limit: (most: number) => `--limit admite un número de mensajes, de 1 a ${most}`,
	seeHelp: 'Consulta: simchat --help',
	longLine: (most: number) => `una línea de la entrada estándar tiene más de ${most} caracteres`,
	longInput: (most: number) => `la entrada estándar tiene más de ${most} caracteres`,
	notText: 'la entrada estándar no es texto UTF-8',
};
