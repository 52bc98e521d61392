// What `doctor` finds: for each thing a label, how it stands, and what a person can do about it (`…Step`).
export const doctor = {
	labels: {
		directory: 'directorio',
		udp: 'UDP',
		address: 'dirección',
		port: 'puerto UDP',
		router: 'router',
		ipv6: 'IPv6',
		interfaces: 'interfaces',
		keepalive: 'keepalive',
		clock: 'reloj',
		nextStep: 'qué hacer',
	},
	grades: {good: 'bien', warning: 'ojo', bad: 'MAL', plain: ''},

	directoryReached: 'accesible, con la sesión iniciada',
	directoryStates: {'signed-out': 'sesión cerrada', connecting: 'conectando'},
	directoryWait: 'espera un momento',
	directoryStep: 'revisa la red, o pregunta al administrador; con quien ya tienes una sesión puedes seguir hablando',

	udpUnknown: 'no se sabe sin el directorio',
	udpSilent: 'sale, y no vuelve nada del directorio',
	udpSilentStep:
		'puede que un cortafuegos descarte UDP aquí: déjalo salir a los puertos del directorio y a tus contactos, o prueba otra red',
	seenAs: (address: string) => `ida y vuelta; se ve como ${address}`,
	reflectorSees: (reflector: string, address: string) => `${reflector} ve ${address}`,
	reflectorSilent: (reflector: string) => `${reflector} no responde`,
	reflectorSilentStep: (reflector: string) =>
		`deja salir UDP a ${reflector}: hacen falta dos respuestas para saber qué hace el NAT`,

	addressUnknown: 'no se sabe sin una respuesta por UDP',
	addressOwn: 'la propia de este equipo: nadie la traduce',
	translated: {
		same: 'traducida (NAT), al mismo puerto para todos los destinos',
		varies: 'traducida (NAT), a otro puerto para cada destino',
		unknown: 'traducida (NAT); si al mismo puerto para todos, lo dirán dos respuestas del directorio',
	},
	translatedLetIn: (translated: string) => `${translated}, pero el router deja entrar a los contactos`,
	translatedStep:
		'dos lados cuyos NAT hacen esto no encuentran ruta: activa PCP o NAT-PMP en el router, o redirige ahí un puerto UDP e indícalo con --port, o usa IPv6',

	portNone: 'ninguno abierto',
	portOther: (port: number, kept: number) => `${port} esta vez: otro programa tiene el ${kept}`,
	portOtherStep: (kept: number) =>
		`cierra el programa que tiene el puerto UDP ${kept}, o elige otro para siempre con --port`,
	portKept: (port: number) => `${port}, el mismo en cada inicio`,
	portForwarded: (port: number, address: string) =>
		`${port}, el mismo en cada inicio; los contactos prueban ${address}, que un router debe redirigir`,
	portClosed: (port: number) => `${port}, el mismo en cada inicio; un router puede redirigir UDP ${port} a este equipo`,

	routerNotAsked: 'sin consultar',
	routerNotAskedHere: 'sin consultar: el directorio está en este equipo',
	routerNone: 'aquí no se conoce ninguno, así que no se pidió a ninguno que deje entrar a los contactos',
	routerAsking: 'se le está pidiendo que deje entrar a los contactos',
	routerSilent: 'no responde a PCP ni a NAT-PMP',
	routerRefuses: (protocol: string, result: string) => `no deja entrar a los contactos (${protocol}: ${result})`,
	routerRefusesStep: 'permite PCP o NAT-PMP en el router',
	routerMaps: (address: string, protocol: string, time: string) =>
		`deja entrar a los contactos por ${address} (${protocol}, ${time} más)`,
	routerMapsInVain: (address: string, protocol: string, time: string) =>
		`deja entrar a los contactos por ${address} (${protocol}, ${time} más), pero está detrás de otro NAT: no sirve`,
	routerMapsInVainStep: 'haz que también el router exterior, o el del proveedor, deje entrar a los contactos',
	refusals: {
		'unsupported version': 'versión no admitida',
		'not authorized': 'sin autorización',
		'malformed request': 'petición mal formada',
		'unsupported opcode': 'código de operación no admitido',
		'unsupported option': 'opción no admitida',
		'malformed option': 'opción mal formada',
		'network failure': 'fallo de red',
		'no resources': 'sin recursos',
		'unsupported protocol': 'protocolo no admitido',
		'quota exceeded': 'cuota superada',
		'cannot provide external': 'sin dirección externa disponible',
		'address mismatch': 'la dirección no coincide',
		'excessive remote peers': 'demasiados extremos remotos',
		unknown: 'desconocido',
		'short life': 'duración demasiado corta',
		'no external address': 'sin dirección externa',
	},
	seconds: (count: number) => `${count} s`,
	minutes: (count: number) => `${count} min`,
	hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,

	ipv6Untried: 'hay una dirección; el directorio no tiene ninguna con que probarla',
	ipv6None: 'aquí no hay una dirección IPv6 pública',

	interfacesTold: (hosts: string, told: string) => `${hosts}; a los contactos se les dice ${told}`,
	interfacesUntold: (hosts: string) => `${hosts}; no se dice ninguna a los demás`,
	interfacesNone: 'solo este equipo: ninguna lleva fuera',

	keepalive: (seconds: number) => `se envía algo tras ${seconds} s de silencio`,
	keepaliveShort: (seconds: number) =>
		`se envía algo tras ${seconds} s de silencio: el router olvida antes que la mayoría`,

	clockUnknown: 'no se sabe antes de iniciar sesión',
	clockAgrees: 'coincide con el del directorio',
	clockBehind: (seconds: number) => `${seconds} s por detrás del directorio`,
	clockAhead: (seconds: number) => `${seconds} s por delante del directorio`,
	clockStep: 'pon en hora el reloj del equipo; mientras tanto simchat lo compensa',

	contact: (presence: string, path: string) => `${presence}; ${path}`,
	noPath: 'aún sin ruta',
	lookingStep: (name: string) => `espera un momento: se está buscando una ruta hasta ${name}`,
	blockedStep: (name: string) =>
		`pide a ${name} que ejecute simchat doctor; lo que escribas espera aquí hasta que haya una ruta`,

	tried: (address: string, times: number, answer: string) =>
		`se probó ${address} ${times === 1 ? 'una vez' : times === 2 ? 'dos veces' : `${times} veces`}: ${answer}`,
	answered: (ms: number) => `respuesta en ${ms} ms`,
	noAnswer: 'sin respuesta',
	noAnswerYet: 'aún sin respuesta',
	otherAddresses: 'otros puertos',
	otherPorts: 'el NAT de ahí da otro puerto para cada destino',

	noSession: (name: string, why: string) => `no hay sesión con ${name}: ${why}`,
};
