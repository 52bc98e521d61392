// Cambiar la contraseña, y adoptar una que se cambió en otro dispositivo.
export const password = {
	title: 'cambiar la contraseña',
	fields: {old: 'actual', fresh: 'nueva', again: 'nueva otra vez'},
	hint: 'Enter sigue · Esc cancela',
	newerHint: 'Enter la adopta · Esc cancela',
	working: 'Se calculan las claves a partir de la contraseña, y se pregunta al servidor.',
	newerIntro:
		'La contraseña se cambió en otro dispositivo. Escribe la nueva: desde entonces este dispositivo se abre con ella.',
	changed: 'la contraseña ha cambiado: tus otros dispositivos pedirán la nueva la próxima vez que entres',
	takenOver: 'se ha adoptado la contraseña nueva: desde ahora este dispositivo se abre con ella',
	elsewhere:
		'esta contraseña abre el perfil, pero la cuenta tiene ya otra: se cambió en otro dispositivo, o el administrador restableció la cuenta. Escribe aquí la nueva, o ejecuta simchat password',
	former:
		'esta es la contraseña nueva de la cuenta, pero el perfil se abre todavía con la anterior: escríbela aquí una vez más, o ejecuta simchat password',
	outOfDate: 'la contraseña se cambió en otro dispositivo: /password o simchat password adopta la nueva',
	askNewer: 'Contraseña nueva, como en el otro dispositivo: ',
	askFormer: 'Contraseña anterior de este dispositivo: ',
	noSecond: 'la segunda línea de la entrada estándar es la contraseña nueva, y está vacía',
	notInLines: 'lo que se escribe aquí se puede leer: ejecuta simchat password aparte',
};
