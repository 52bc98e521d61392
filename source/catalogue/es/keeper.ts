// The keeper: the lines of its log, what it says of itself, and what is wrong with its options.
export const keeper = {
	full: (most: number) =>
		`el historial tiene los ${most} MB que permite --max-size: no se acepta nada más, y lo que se envió vuelve a llegar en cuanto haya sitio`,
	log: {
		starts: {
			all: 'empieza; lo guarda todo',
			fetched: 'empieza; guarda lo que llega hasta que lo tengan todos los demás dispositivos',
			days: (days: number) =>
				`empieza; guarda ${days} días lo que tienen todos los demás dispositivos, y lo demás hasta que lo tengan`,
		},
		joined: 'este dispositivo forma parte de la cuenta',
		notKeeper:
			'el registro de dispositivos no tiene este como guardián, así que lo guarda todo: añade un guardián con simchat devices add --keeper',
		signedIn: 'conectado',
		came: (count: number) => `llegados: ${count}`,
		handedOn: (count: number) => `entregados: ${count}`,
		told: (count: number) => `de dispositivos propios: ${count}`,
		letGo: (count: number) => `borrados aquí, pues los tienen todos los demás dispositivos: ${count}`,
		disk: 'el disco no acepta nada: lo que llega no se confirma, y vuelve a llegar en cuanto haya sitio',
		diskWell: 'el disco vuelve a aceptar lo que llega',
		room: 'vuelve a haber sitio en el historial',
		signsOff: 'se desconecta',
	},
	status: {
		since: (time: string) => `en marcha desde ${time}`,
		contacts: (count: number, there: number) => `contactos: ${count}, presentes: ${there}`,
		devices: (count: number, there: number) => `otros dispositivos: ${count}, presentes: ${there}`,
		holds: (messages: number, waiting: number) => `mensajes: ${messages}, por entregar: ${waiting}`,
		size: (size: string) => `historial: ${size} MB`,
		sizeOf: (size: string, most: number) => `historial: ${size} MB de ${most} MB`,
	},
	noneRuns: (folder: string) => `no hay ningún guardián en marcha con ${folder}: inicia uno con simchat keep`,
	otherProcess: 'el simchat que tiene abierto este perfil no es un guardián: ciérralo e inicia simchat keep',
	hold: (most: number) => `--hold admite all, until-fetched o un número de días de 1 a ${most}`,
	maxSize: (most: number) => `--max-size admite MB, de 1 a ${most}`,
	noPasswordFile: (file: string, why: string) =>
		`no se puede leer la contraseña de ${file} (${why}): haz que se pueda leer, o indica otro archivo con --password-file`,
	emptyPasswordFile: (file: string) => `la primera línea de ${file} es la contraseña, y está vacía`,
	noNotify: (why: string) =>
		`no se puede informar a systemd (${why}): instala systemd-notify, o usa Type=exec sin watchdog`,
};
