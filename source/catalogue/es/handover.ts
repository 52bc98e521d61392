// A command that finds its profile open in another simchat, and what keeps that one from doing it. “It”: the other simchat.
export const handover = {
	refused: (folder: string, why: string) => `otro simchat usa ${folder}: ${why}`,
	nobodyHere: 'nadie ha iniciado sesión ahí: inicia sesión ahí, o ciérralo',
	otherVersion: 'es de otra versión: ciérralo, o elige otra carpeta con --profile',
	unproven: 'no conoce la clave de la bóveda: ciérralo',
	noAnswer: 'no responde, y no se hizo nada: continúalo con fg si está detenido, o ciérralo',
	ownPort: 'su puerto está abierto: quita --port y él ejecuta el comando, o ciérralo primero para cambiar el puerto',
	copiedAlone: 'un perfil se copia mientras nadie lo usa: ciérralo (Ctrl-C termina tail), e inténtalo otra vez',
	botAlone: 'un bot corre en el proceso que tiene el perfil: cierra ese, o da al bot una cuenta propia',
	silent: (folder: string, outcome: string) => `otro simchat usaba ${folder}, y ya no responde: ${outcome}`,
	ended: (folder: string, outcome: string) => `otro simchat usaba ${folder}, y ha terminado: ${outcome}`,
	outcomes: {
		unknown: 'no se sabe si se hizo todo: compruébalo, e inténtalo otra vez',
		kept: 'el último mensaje está guardado en este disco, y se envía cuando simchat se ejecute',
		unsure: 'no se sabe si el último mensaje está guardado: compruébalo antes de enviarlo otra vez',
	},
	wrongPassword: 'contraseña incorrecta: el perfil abierto tiene otra; inténtalo otra vez',
	notDone: 'el otro simchat no lo hizo',
};
