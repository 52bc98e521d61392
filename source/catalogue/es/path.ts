// The way to a contact: how it goes, why there is none, and what can be done about that.
export const path = {
	seconds: (count: number) => `${count} s`,
	lan: 'red local',
	direct: 'directo',
	measured: (way: string, ms: number) => `${way} · ${ms} ms`,
	looking: 'buscando ruta',
	lookingFor: (time: string) => `buscando ruta (${time})`,
	again: (last: string) => `${last}; se reintenta`,
	noWay: (why: string) => `sin ruta: ${why}`,
	blocked: (why: string) => `bloqueado: ${why}`,
	reasons: {
		udpBlocked: 'UDP no pasa por aquí',
		nowhere: (name: string) => `el UDP de ${name} no llega al servidor`,
		bothVary: 'los dos NAT cambian los puertos',
		unanswered: (name: string) => `${name} no responde a ningún intento`,
		families: (name: string, theirs: string, ours: string) => `${name} solo tiene ${theirs}, tú solo ${ours}`,
	},
	obstacles: {
		downgraded: 'el directorio pidió un cifrado más débil del que ambos lados admiten',
		unavailable: 'el directorio aún no puede presentarnos',
		unanswered: 'sin respuesta de ninguna de sus direcciones',
		violation: 'infringió el protocolo',
		dead: 'ya no responde',
		overdue: 'sus claves no se renovaron a tiempo',
		useless: (flaw: string) => `su respuesta no nos sirve (${flaw})`,
	},
	waysOut: {
		udpBlocked:
			'deja salir UDP de esta red (un cortafuegos lo descarta), o prueba otra red, la de un teléfono por ejemplo',
		nowhere: (name: string) => `pide a ${name} que ejecute simchat doctor: puede que un cortafuegos descarte UDP ahí`,
		bothVary: 'activa PCP o NAT-PMP en uno de los dos routers, o usa IPv6 en ambos lados',
		unanswered: (name: string) =>
			`pide a ${name} que ejecute simchat doctor: puede que un cortafuegos descarte UDP en uno de los dos lados`,
		families: (name: string, theirs: string, ours: string) =>
			`consigue ${theirs} aquí, o ${ours} en el lado de ${name}: pregunta al proveedor, o prueba otra red`,
	},
	short: {
		looking: 'buscando',
		lookingFor: (time: string) => `buscando (${time})`,
		noWay: (why: string) => `sin ruta: ${why}`,
		blocked: 'bloqueado',
		reasons: {
			'udp-blocked': 'aquí sin UDP',
			nowhere: 'allí sin UDP',
			'both-vary': 'ambos NAT',
			unanswered: 'no responde',
			families: 'IPv4/IPv6',
		},
	},
};
