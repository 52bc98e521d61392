// What `doctor` finds: for each thing a label, how it stands, and what a person can do about it (`…Step`).
export const doctor = {
	labels: {
		directory: 'Verzeichnis',
		udp: 'UDP',
		address: 'Adresse',
		port: 'UDP-Port',
		router: 'Router',
		ipv6: 'IPv6',
		interfaces: 'Netzkarten',
		keepalive: 'Keepalive',
		clock: 'Uhr',
		nextStep: 'als Nächstes',
	},
	grades: {good: 'gut', warning: 'prüf.', bad: 'FEHL.', plain: ''},

	directoryReached: 'erreicht und angemeldet',
	directoryStates: {'signed-out': 'abgemeldet', connecting: 'verbindet'},
	directoryWait: 'einen Moment warten',
	directoryStep: 'das Netz prüfen oder den Admin fragen; wo schon eine Sitzung besteht, geht die Unterhaltung weiter',

	udpUnknown: 'ohne das Verzeichnis nicht bekannt',
	udpSilent: 'geht hinaus, und vom Verzeichnis kommt nichts zurück',
	udpSilentStep:
		'vielleicht verwirft hier eine Firewall UDP: zu den Ports des Verzeichnisses und zu den Kontakten hinauslassen, oder ein anderes Netz versuchen',
	seenAs: (address: string) => `hin und zurück; gesehen als ${address}`,
	reflectorSees: (reflector: string, address: string) => `${reflector} sieht ${address}`,
	reflectorSilent: (reflector: string) => `${reflector} antwortet nicht`,
	reflectorSilentStep: (reflector: string) =>
		`UDP zu ${reflector} hinauslassen: erst zwei Antworten zeigen, was das NAT tut`,

	addressUnknown: 'ohne Antwort über UDP nicht bekannt',
	addressOwn: 'die eigene dieses Rechners: niemand übersetzt sie',
	translated: {
		same: 'übersetzt (NAT), auf denselben Port für jedes Ziel',
		varies: 'übersetzt (NAT), auf einen anderen Port für jedes Ziel',
		unknown: 'übersetzt (NAT); ob auf denselben Port für alle, zeigen erst zwei Antworten des Verzeichnisses',
	},
	translatedLetIn: (translated: string) => `${translated}, aber der Router lässt Kontakte herein`,
	translatedStep:
		'zwei Seiten, deren NATs beide das tun, finden keinen Weg: am Router PCP oder NAT-PMP einschalten, oder dort einen UDP-Port weiterleiten und mit --port angeben, oder IPv6 verwenden',

	portNone: 'keiner ist offen',
	portOther: (port: number, kept: number) => `diesmal ${port}: ein anderes Programm hat ${kept}`,
	portOtherStep: (kept: number) =>
		`das Programm beenden, das UDP-Port ${kept} hat, oder mit --port dauerhaft einen anderen wählen`,
	portKept: (port: number) => `${port}, bei jedem Start derselbe`,
	portForwarded: (port: number, address: string) =>
		`${port}, bei jedem Start derselbe; Kontakte versuchen ${address}, was ein Router weiterleiten soll`,
	portClosed: (port: number) =>
		`${port}, bei jedem Start derselbe; ein Router kann UDP ${port} an diesen Rechner weiterleiten`,

	routerNotAsked: 'nicht gefragt',
	routerNotAskedHere: 'nicht gefragt: das Verzeichnis ist auf diesem Rechner',
	routerNone: 'hier ist keiner bekannt, also wurde keiner gebeten, Kontakte hereinzulassen',
	routerAsking: 'wird gebeten, Kontakte hereinzulassen',
	routerSilent: 'antwortet weder auf PCP noch auf NAT-PMP',
	routerRefuses: (protocol: string, result: string) => `lässt Kontakte nicht herein (${protocol}: ${result})`,
	routerRefusesStep: 'PCP oder NAT-PMP am Router erlauben',
	routerMaps: (address: string, protocol: string, time: string) =>
		`lässt Kontakte unter ${address} herein (${protocol}, noch ${time})`,
	routerMapsInVain: (address: string, protocol: string, time: string) =>
		`lässt Kontakte unter ${address} herein (${protocol}, noch ${time}), ist aber hinter einem weiteren NAT: nutzlos`,
	routerMapsInVainStep: 'auch den äußeren Router oder den des Anbieters Kontakte hereinlassen lassen',
	refusals: {
		'unsupported version': 'Version nicht unterstützt',
		'not authorized': 'nicht berechtigt',
		'malformed request': 'fehlerhafte Anfrage',
		'unsupported opcode': 'Opcode nicht unterstützt',
		'unsupported option': 'Option nicht unterstützt',
		'malformed option': 'fehlerhafte Option',
		'network failure': 'Netzfehler',
		'no resources': 'keine Ressourcen',
		'unsupported protocol': 'Protokoll nicht unterstützt',
		'quota exceeded': 'Kontingent überschritten',
		'cannot provide external': 'äußere Adresse nicht verfügbar',
		'address mismatch': 'Adresse stimmt nicht überein',
		'excessive remote peers': 'zu viele Gegenstellen',
		unknown: 'unbekannt',
		'short life': 'zu kurze Dauer',
		'no external address': 'keine äußere Adresse',
	},
	seconds: (count: number) => `${count} s`,
	minutes: (count: number) => `${count} min`,
	hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,

	ipv6Untried: 'eine Adresse ist da; das Verzeichnis hat keine, um sie zu prüfen',
	ipv6None: 'hier gibt es keine öffentliche IPv6-Adresse',

	interfacesTold: (hosts: string, told: string) => `${hosts}; Kontakte erfahren ${told}`,
	interfacesUntold: (hosts: string) => `${hosts}; andere erfahren keine davon`,
	interfacesNone: 'nur dieser Rechner: keine führt hinaus',

	keepalive: (seconds: number) => `nach ${seconds} s Stille wird etwas gesendet`,
	keepaliveShort: (seconds: number) =>
		`nach ${seconds} s Stille wird etwas gesendet: der Router vergisst früher als die meisten`,

	clockUnknown: 'vor der Anmeldung nicht bekannt',
	clockAgrees: 'stimmt mit der des Verzeichnisses überein',
	clockBehind: (seconds: number) => `geht gegenüber dem Verzeichnis ${seconds} s nach`,
	clockAhead: (seconds: number) => `geht gegenüber dem Verzeichnis ${seconds} s vor`,
	clockStep: 'die Uhr des Rechners stellen; simchat gleicht es inzwischen aus',

	contact: (presence: string, path: string) => `${presence}; ${path}`,
	noPath: 'noch kein Weg',
	lookingStep: (name: string) => `einen Moment warten: ein Weg zu ${name} wird gesucht`,
	blockedStep: (name: string) =>
		`${name} bitten, simchat doctor zu starten; was du schreibst, wartet hier, bis es einen Weg gibt`,

	tried: (address: string, times: number, answer: string) =>
		`${address} ${times === 1 ? 'einmal' : times === 2 ? 'zweimal' : `${times}-mal`} versucht: ${answer}`,
	answered: (ms: number) => `Antwort nach ${ms} ms`,
	noAnswer: 'keine Antwort',
	noAnswerYet: 'noch keine Antwort',
	otherAddresses: 'andere Ports',
	otherPorts: 'das NAT dort vergibt für jedes Ziel einen anderen Port',

	noSession: (name: string, why: string) => `keine Sitzung mit ${name}: ${why}`,
};
