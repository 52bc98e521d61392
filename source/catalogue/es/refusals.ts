// Why something that a person asked for about messages and contacts is not done, and what to do. “That”: what was typed or chosen.
export const refusals = {
	noName:
		'eso no es un nombre: tiene de 1 a 32 caracteres entre a–z, 0–9, punto, guion bajo y guion, y empieza con una letra',
	ownName: 'ese es tu propio nombre: elige otro',
	unknownName: (name: string) => `ese nombre no está en el directorio: ${name}`,
	notInList: (name: string) => `no tienes a ${name} en tu lista: un mensaje a ${name} lo añade`,
	blocked: (name: string) => `has bloqueado a ${name}: primero quita el bloqueo`,
	keyChanged: (name: string) =>
		`la clave de identidad de ${name} ha cambiado: puede que alguien intercepte. Compara el número de seguridad con ${name}, y acepta después la clave nueva con verify, o con trust si no se puede comparar`,
	keyUnknown: (name: string) =>
		`aún no se sabe nada de la clave de ${name}: primero hay que intercambiar un mensaje, luego compara el número de seguridad`,
	offline: 'no se puede acceder al directorio: inténtalo otra vez cuando haya conexión',
	tooManySearches: (seconds: number) => `demasiadas búsquedas: inténtalo otra vez en ${seconds} s`,
	nickname: (most: number) => `un apodo tiene de 1 a ${most} caracteres`,
	away: (most: number) => `el motivo de la ausencia tiene de 1 a ${most} bytes`,
	awayEnds:
		'con un solo dispositivo la ausencia dura mientras simchat está en marcha: hazlo mientras corre la pantalla completa, tail o un bot',
	emptyMessage: 'no hay nada que enviar: el mensaje está vacío',
	longMessage: (bytes: number, most: number) =>
		`el mensaje tiene ${bytes} bytes, y el máximo es ${most}: envíalo en partes`,
	messageGone: 'ese mensaje ya no está ahí',
	noMessage: (id: string, name: string) =>
		`no hay ningún mensaje ${id} con ${name}: tail --json y search --json dan los identificadores`,
	nowhere: (id: string) => `no hay ningún mensaje ${id} con nadie de tu lista`,
	notOwn: (name: string) => `ese mensaje es de ${name}: solo su autor lo edita o lo borra`,
	noOwnMessage: (id: string) =>
		`ningún mensaje tuyo tiene el identificador ${id}: outbox --json da los identificadores`,
	noFile: 'ese mensaje no ofrece ningún archivo',
	longEmoji: 'eso no es un emoji: es demasiado largo',
	wrongAct: (kind: string) => `eso no se puede hacer con un mensaje: ${kind}`,
	timer: 'un mensaje puede desaparecer después de 1 segundo a 365 días',
	longKey: (most: number) => `eso tiene un nombre de más de ${most} caracteres: no se recuerda`,
	longValue: (most: number) => `eso son más de ${most} bytes: no se recuerda`,
	tooMuch: 'ya se recuerdan demasiadas cosas: esta no',
};
