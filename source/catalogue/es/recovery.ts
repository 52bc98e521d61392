// Palabras de recuperación: crearlas, y entrar con ellas cuando se han perdido todos los dispositivos.
export const recovery = {
	usage: 'uso: simchat recover LINK --name NAME, o simchat recover --make|--remove',
	unknownWord: (place: number) =>
		`la palabra ${place} no está en la lista: mira cómo se escribe; las palabras son inglesas`,
	wordCount: (count: number) => `las palabras de recuperación son 24, y estas son ${count}`,
	checksum:
		'cada palabra está en la lista, pero juntas no son palabras de recuperación: busca una mal leída, o dos cambiadas de sitio',
	notHeld: (name: string, place: string) =>
		`estas no son las palabras de recuperación de ${name} en ${place}: son de otra cuenta, se quitaron, o el servidor muestra una lista de dispositivos que no es la de la cuenta; no se ha entregado nada`,
	badLog: (place: string, flaw: string) =>
		`${place} muestra una lista de dispositivos que no es correcta (${flaw}): no se cree nada de ella; pregunta a su administrador`,
	full: 'la cuenta no tiene sitio para otro dispositivo: di de uno perdido que lo está, o pide al administrador que restablezca la cuenta',
	cut: 'la conexión terminó antes de que este dispositivo estuviera dentro: inténtalo otra vez con las mismas palabras',
	noRoom: 'no hay sitio para palabras de recuperación entre tus dispositivos: quita antes uno',
	keeperMakesNone: 'un keeper no crea palabras de recuperación: créalas en otro dispositivo',
	notTaken: 'el servidor no ha aceptado las palabras de recuperación, y no valen nada: inténtalo otra vez',
	offline: 'el servidor no está al alcance: inténtalo otra vez cuando haya conexión',
	thereAlready: (when: string) =>
		`ya hay palabras de recuperación, creadas ${when}: siguen valiendo junto a las nuevas`,
	copy: (name: string) =>
		`Palabras de recuperación de ${name}. Cópialas en papel, en este orden: solo se muestran esta vez. Quien las tenga junto con tu contraseña eres tú.`,
	enterGoesOn: 'Pulsa Enter cuando estén en papel: ',
	askWord: (place: number, all: number) => `Palabra ${place} de ${all}: `,
	otherWord: 'Era otra palabra. Míralo otra vez.',
	made: (name: string) =>
		`${name} tiene ya palabras de recuperación: cuando se pierdan todos los dispositivos, simchat recover las pide, con tu contraseña y el enlace del servidor`,
	noTerminal: 'las palabras de recuperación solo se muestran en un terminal, y no hay ninguno',
	typeWords: 'Tus palabras de recuperación, una tras otra o todas de una vez. Enter sin más vuelve una atrás.',
	nobodyToAsk:
		'no hay terminal en el que pedir las palabras: con --password-stdin son la segunda línea de la entrada estándar',
	roles: {device: 'dispositivo', keeper: 'keeper'},
	askLost: (role: string, id: string, when: string) =>
		`¿Está perdido y hay que quitarlo: ${role} ${id}, añadido ${when}? Escribe yes o sí: `,
	stays: (role: string, id: string, when: string) => `se queda: ${role} ${id}, añadido ${when}`,
	notAllRemoved: 'no se han quitado todos los dispositivos perdidos: mira simchat devices y quita allí los demás',
	title: 'palabras de recuperación',
	copyHint: 'Enter: están en papel · Esc lo deja',
	askHint: 'Enter sigue · Esc lo deja',
	wait: 'Se pregunta al servidor.',
	tooSmall: 'Agranda la ventana: no caben 24 palabras.',
	notInLines:
		'lo que se dice aquí queda en el terminal: ejecuta aparte simchat recover --make, que muestra las palabras una vez',

	// Taking words away: lines, then title, sentence and keys of the screen.
	notRemoved: 'el servidor no ha aceptado que se quiten: inténtalo otra vez',
	notOfThisAccount: (name: string) =>
		`estas ya no son palabras de recuperación de ${name}: son de otra cuenta, o ya se quitaron`,
	removed: 'estas palabras de recuperación se han quitado: nadie entra ya con ellas',
	removeTitle: 'quitar palabras de recuperación',
	removeWords: 'Escribe las 24 palabras que ya no deben valer. Las demás que tengas se quedan.',
	removeHint: 'Enter las quita · Esc lo deja',
};
