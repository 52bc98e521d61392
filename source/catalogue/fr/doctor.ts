// What `doctor` finds: for each thing a label, how it stands, and what a person can do about it (`…Step`).
export const doctor = {
	labels: {
		directory: 'annuaire',
		udp: 'UDP',
		address: 'adresse',
		port: 'port UDP',
		router: 'routeur',
		ipv6: 'IPv6',
		interfaces: 'interfaces',
		keepalive: 'keepalive',
		clock: 'horloge',
		nextStep: 'que faire',
	},
	grades: {good: 'bon', warning: 'voir', bad: 'ÉCHEC', plain: ''},

	directoryReached: 'joint, et connexion établie',
	directoryStates: {'signed-out': 'déconnecté', connecting: 'connexion en cours'},
	directoryWait: 'patientez un instant',
	directoryStep:
		'vérifiez le réseau, ou demandez à l’administrateur ; là où une session existe déjà, la conversation continue',

	udpUnknown: 'inconnu sans l’annuaire',
	udpSilent: 'sort, et rien ne revient de l’annuaire',
	udpSilentStep:
		'un pare-feu rejette peut-être UDP ici : laissez-le sortir vers les ports de l’annuaire et vers vos contacts, ou essayez un autre réseau',
	seenAs: (address: string) => `aller et retour ; vu comme ${address}`,
	reflectorSees: (reflector: string, address: string) => `${reflector} voit ${address}`,
	reflectorSilent: (reflector: string) => `${reflector} ne répond pas`,
	reflectorSilentStep: (reflector: string) =>
		`laissez UDP sortir vers ${reflector} : il faut deux réponses pour savoir ce que fait le NAT`,

	addressUnknown: 'inconnue sans réponse par UDP',
	addressOwn: 'celle de cette machine : personne ne la traduit',
	translated: {
		same: 'traduite (NAT), vers le même port pour chaque destination',
		varies: 'traduite (NAT), vers un autre port pour chaque destination',
		unknown: 'traduite (NAT) ; deux réponses de l’annuaire diront si c’est vers le même port pour tous',
	},
	translatedLetIn: (translated: string) => `${translated}, mais le routeur laisse entrer les contacts`,
	translatedStep:
		'deux côtés dont les NAT font cela ne trouvent pas de chemin : activez PCP ou NAT-PMP sur le routeur, ou redirigez-y un port UDP et indiquez-le avec --port, ou utilisez IPv6',

	portNone: 'aucun n’est ouvert',
	portOther: (port: number, kept: number) => `${port} cette fois : un autre programme a pris ${kept}`,
	portOtherStep: (kept: number) =>
		`quittez le programme qui a le port UDP ${kept}, ou choisissez-en un autre pour de bon avec --port`,
	portKept: (port: number) => `${port}, le même à chaque démarrage`,
	portForwarded: (port: number, address: string) =>
		`${port}, le même à chaque démarrage ; les contacts essaient ${address}, qu’un routeur doit rediriger`,
	portClosed: (port: number) =>
		`${port}, le même à chaque démarrage ; un routeur peut rediriger UDP ${port} vers cette machine`,

	routerNotAsked: 'non sollicité',
	routerNotAskedHere: 'non sollicité : l’annuaire est sur cette machine',
	routerNone: 'aucun n’est connu ici, donc aucun n’a été prié de laisser entrer les contacts',
	routerAsking: 'est prié de laisser entrer les contacts',
	routerSilent: 'ne répond ni à PCP ni à NAT-PMP',
	routerRefuses: (protocol: string, result: string) => `ne laisse pas entrer les contacts (${protocol} : ${result})`,
	routerRefusesStep: 'autorisez PCP ou NAT-PMP sur le routeur',
	routerMaps: (address: string, protocol: string, time: string) =>
		`laisse entrer les contacts par ${address} (${protocol}, encore ${time})`,
	routerMapsInVain: (address: string, protocol: string, time: string) =>
		`laisse entrer les contacts par ${address} (${protocol}, encore ${time}), mais est derrière un autre NAT : inutile`,
	routerMapsInVainStep: 'faites que le routeur extérieur, ou celui du fournisseur, laisse aussi entrer les contacts',
	refusals: {
		'unsupported version': 'version non prise en charge',
		'not authorized': 'non autorisé',
		'malformed request': 'requête mal formée',
		'unsupported opcode': 'code d’opération non pris en charge',
		'unsupported option': 'option non prise en charge',
		'malformed option': 'option mal formée',
		'network failure': 'panne de réseau',
		'no resources': 'pas de ressources',
		'unsupported protocol': 'protocole non pris en charge',
		'quota exceeded': 'quota dépassé',
		'cannot provide external': 'adresse externe indisponible',
		'address mismatch': 'adresse non concordante',
		'excessive remote peers': 'trop de pairs distants',
		unknown: 'inconnu',
		'short life': 'durée trop courte',
		'no external address': 'pas d’adresse externe',
	},
	seconds: (count: number) => `${count} s`,
	minutes: (count: number) => `${count} min`,
	hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,

	ipv6Untried: 'il y a une adresse ; l’annuaire n’en a pas pour l’essayer',
	ipv6None: 'il n’y a pas d’adresse IPv6 publique ici',

	interfacesTold: (hosts: string, told: string) => `${hosts} ; les contacts apprennent ${told}`,
	interfacesUntold: (hosts: string) => `${hosts} ; aucune n’est communiquée`,
	interfacesNone: 'cette machine seule : aucune ne mène au-dehors',

	keepalive: (seconds: number) => `un paquet part après ${seconds} s de silence`,
	keepaliveShort: (seconds: number) =>
		`un paquet part après ${seconds} s de silence : le routeur oublie plus tôt que la plupart`,

	clockUnknown: 'inconnue avant la connexion',
	clockAgrees: 'd’accord avec celle de l’annuaire',
	clockBehind: (seconds: number) => `retarde de ${seconds} s sur celle de l’annuaire`,
	clockAhead: (seconds: number) => `avance de ${seconds} s sur celle de l’annuaire`,
	clockStep: 'mettez l’horloge de la machine à l’heure ; d’ici là simchat compense',

	contact: (presence: string, path: string) => `${presence} ; ${path}`,
	noPath: 'pas encore de chemin',
	lookingStep: (name: string) => `patientez un instant : un chemin vers ${name} est recherché`,
	blockedStep: (name: string) =>
		`demandez à ${name} de lancer simchat doctor ; ce que vous écrivez attend ici qu’il y ait un chemin`,

	tried: (address: string, times: number, answer: string) =>
		`${address}, ${times} ${times === 1 ? 'essai' : 'essais'} : ${answer}`,
	answered: (ms: number) => `réponse en ${ms} ms`,
	noAnswer: 'pas de réponse',
	noAnswerYet: 'pas encore de réponse',
	otherAddresses: 'autres ports',
	otherPorts: 'le NAT de l’autre côté donne un autre port pour chaque destination',

	noSession: (name: string, why: string) => `pas de session avec ${name} : ${why}`,
};
