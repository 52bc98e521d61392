// The way to a contact: how it goes, why there is none, and what can be done about that.
export const path = {
	seconds: (count: number) => `${count} s`,
	lan: 'réseau local',
	direct: 'direct',
	measured: (way: string, ms: number) => `${way} · ${ms} ms`,
	looking: 'recherche d’un chemin',
	lookingFor: (time: string) => `recherche d’un chemin (${time})`,
	again: (last: string) => `${last} ; nouvel essai`,
	noWay: (why: string) => `pas de chemin : ${why}`,
	blocked: (why: string) => `bloqué : ${why}`,
	reasons: {
		udpBlocked: 'UDP ne passe pas ici',
		nowhere: (name: string) => `l’UDP de ${name} n’atteint pas le serveur`,
		bothVary: 'les deux NAT changent de port',
		unanswered: (name: string) => `${name} ne répond à aucun essai`,
		families: (name: string, theirs: string, ours: string) => `${name} n’a que ${theirs}, vous que ${ours}`,
	},
	obstacles: {
		downgraded: 'l’annuaire a demandé un chiffrement plus faible que ce que vous parlez tous deux',
		unavailable: 'l’annuaire ne peut pas encore nous mettre en relation',
		unanswered: 'pas de réponse d’aucune de ses adresses',
		violation: 'il a enfreint le protocole',
		dead: 'il ne répond plus',
		overdue: 'ses clés n’ont pas été renouvelées à temps',
		useless: (flaw: string) => `sa réponse est inutilisable (${flaw})`,
	},
	waysOut: {
		udpBlocked:
			'laissez UDP sortir de ce réseau (un pare-feu le rejette), ou essayez un autre réseau, celui d’un téléphone par exemple',
		nowhere: (name: string) => `demandez à ${name} de lancer simchat doctor : un pare-feu y rejette peut-être UDP`,
		bothVary: 'activez PCP ou NAT-PMP sur l’un des deux routeurs, ou utilisez IPv6 des deux côtés',
		unanswered: (name: string) =>
			`demandez à ${name} de lancer simchat doctor : un pare-feu de l’un des deux côtés rejette peut-être UDP`,
		families: (name: string, theirs: string, ours: string) =>
			`obtenez ${theirs} ici ou ${ours} chez ${name} : demandez au fournisseur, ou essayez un autre réseau`,
	},
	short: {
		looking: 'recherche',
		lookingFor: (time: string) => `recherche (${time})`,
		noWay: (why: string) => `échec : ${why}`,
		blocked: 'bloqué',
		reasons: {
			'udp-blocked': 'UDP coupé ici',
			nowhere: 'UDP coupé là',
			'both-vary': 'les deux NAT',
			unanswered: 'sans réponse',
			families: 'IPv4/IPv6',
		},
	},
};
