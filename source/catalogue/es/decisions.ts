// What must be decided, and the answers. Headings in capital letters, where this language has them; titles and answers without a stop; the rest are sentences.
export const decisions = {
	sure: '¿Confirmas?',
	hint: '↑ ↓ elegir · Enter · Esc cancela',
	strangerLine: 'PERSONA DESCONOCIDA: /accept o /block',
	strangerHeading: (name: string) => `${name} QUIERE HABLAR`,
	stranger:
		'No está en tu lista, y no sabe nada de ti hasta que decidas: /accept para hablar, /block para no recibir nada más, /remove para borrar la solicitud.',
	keyLine: 'CLAVE CAMBIADA: /verify',
	keyHeading: (name: string) => `LA CLAVE DE ${name} HA CAMBIADO`,
	key: (name: string) =>
		`No se envía nada: ${name} tiene una clave de identidad distinta de la anterior. Pasa con un dispositivo nuevo, y cuando alguien intercepta. /verify muestra el número para comparar con ${name}; /trust acepta la clave nueva sin comparar.`,
	goOnWriting: 'Seguir escribiendo',
	keyRefusalTitle: (name: string) => `No enviado: la clave de ${name} ha cambiado`,
	keyRefusal: (name: string) =>
		`No se envía nada a ${name} hasta que decidas sobre la clave nueva. Lo que escribiste sigue en el campo de texto.`,
	compare: 'Comparar el número de seguridad',
	trustWithoutComparing: 'Confiar en la clave nueva sin comparar',
	strangerRefusalTitle: (name: string) => `No enviado: ${name} no está en tu lista`,
	strangerRefusal: 'No sabe nada de ti hasta que decidas. Lo que escribiste sigue en el campo de texto.',
	accept: (name: string) => `Aceptar a ${name}`,
	block: (name: string) => `Bloquear a ${name}`,
	deleteBoth: (quoted: string, name: string) => `¿Eliminar ${quoted} aquí y en el disco de ${name}?`,
	deleteHere: (quoted: string) => `¿Eliminar ${quoted} aquí?`,
	keepIt: 'Conservarlo',
	deleteItBoth: 'Eliminarlo en ambos lados',
	deleteIt: 'Eliminarlo',
	undelivered: (quoted: string, name: string) => `${quoted} a ${name}`,
	leaveIt: 'Dejarlo como está',
	sendAgain: 'Enviarlo otra vez',
	takeBack: 'Retirarlo',
	goToIt: 'Ir al mensaje',
	trust: (name: string) =>
		`¿Confiar en la clave nueva de ${name} sin compararla? Hasta que compares, te fías del servidor sobre quién es ${name}. /verify muestra el número para comparar.`,
	doNotTrust: 'No confiar todavía',
	trustNewKey: 'Confiar en la clave nueva',
	openLink: (url: string) => `¿Abrir ${url} fuera de simchat?`,
	doNotOpen: 'No abrirlo',
	openIt: 'Abrirlo',
	remove: (name: string) => `¿Quitar a ${name} de la lista? Los mensajes se conservan, y /add recupera ambas cosas.`,
	keepInList: (name: string) => `Dejar a ${name} en la lista`,
	takeOffList: (name: string) => `Quitar a ${name} de la lista`,
	forget: (name: string) =>
		`¿Eliminar de este disco para siempre todos los mensajes con ${name}? En el otro disco se conservan.`,
	keepEverything: 'Conservar todo',
	deleteEverything: 'Eliminar todo aquí',
	serverKeyHeading: 'PUEDE QUE OTRA PERSONA RESPONDA EN LUGAR DE TU SERVIDOR',
	serverKeyLater: (server: string) =>
		`El servidor ${server} tiene una clave distinta de la que tenía cuando te uniste.`,
	serverKey:
		'Tu contraseña no se ha enviado, y no se sigue adelante. Pregunta a quien administra el servidor, en persona o por teléfono, si se cambió la clave. Si se cambió, te dará un nuevo enlace de acceso para un perfil nuevo. Si no, alguien está interceptando la conexión.',
	ctrlCQuits: 'Ctrl-C sale.',
};
