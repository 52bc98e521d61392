// Files between people: why one is not offered, and why one does not come.
export const transfers = {
	/** `file`: a path, as it was typed. */
	offers: {
		missing: (file: string) => `${file} no existe: revisa la ruta`,
		folder: (file: string) =>
			`${file} es una carpeta: empaquétala antes, por ejemplo con tar, y envía el archivo resultante`,
		special: (file: string) =>
			`${file} no es un archivo con contenido: no se pueden enviar tuberías, sockets ni dispositivos`,
		unreadable: (file: string) => `${file} no se puede leer: da permiso de lectura o envía otro`,
		changed: (file: string) => `${file} cambió mientras se leía: inténtalo de nuevo cuando nadie escriba en él`,
	},
	/** Each says what to do. */
	problems: {
		'no-room': 'no hay espacio suficiente en este disco: libera espacio y vuelve a pedirlo',
		folder:
			'no se puede escribir en la carpeta de descargas: da permiso de escritura o elige otra (downloads, en los ajustes) y vuelve a pedirlo',
		limit: 'el archivo supera el límite de los ajustes (fileLimit): súbelo y vuelve a pedirlo',
		changed: 'el archivo cambió donde lo tiene quien lo envía: pide que lo envíe otra vez',
		unreadable: 'el archivo no se puede leer donde lo tiene quien lo envía: pide que lo envíe otra vez',
		missing: 'quien lo envía ya no tiene el archivo: pide que lo envíe otra vez',
		damaged: 'lo que llegó no es lo que se ofreció: vuelve a pedirlo o pide que lo envíe otra vez',
		disk: 'el disco no lo aceptó: revisa el disco y vuelve a pedirlo',
	},
	/** How a command for files ends. */
	ends: {
		waits: (name: string) =>
			`el archivo está ofrecido a ${name}, que aún no lo tiene entero: sigue cuando simchat vuelva a funcionar`,
		declined: (name: string) => `${name} no quiere el archivo`,
		stopped: (name: string) => `se detuvo el archivo: ofrécelo otra vez si ${name} ha de tenerlo`,
		comesLater: (name: string) =>
			`el archivo aún no está aquí: llega solo mientras simchat funcione aquí y donde ${name}`,
		noOffer: (name: string) => `${name} no ha ofrecido ningún archivo`,
	},
	/** An offer, as a line of a log. */
	line: (file: string, bytes: number) => `archivo: ${file}, ${bytes} bytes`,
};
