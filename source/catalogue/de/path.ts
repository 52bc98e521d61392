// The way to a contact: how it goes, why there is none, and what can be done about that.
export const path = {
	seconds: (count: number) => `${count} s`,
	lan: 'LAN',
	direct: 'direkt',
	measured: (way: string, ms: number) => `${way} · ${ms} ms`,
	looking: 'Weg wird gesucht',
	lookingFor: (time: string) => `Weg wird gesucht (${time})`,
	again: (last: string) => `${last}; neuer Versuch`,
	noWay: (why: string) => `kein Weg: ${why}`,
	blocked: (why: string) => `gesperrt: ${why}`,
	reasons: {
		udpBlocked: 'UDP kommt hier nicht durch',
		nowhere: (name: string) => `UDP von ${name} erreicht den Server nicht`,
		bothVary: 'beide NATs wechseln die Ports',
		unanswered: (name: string) => `${name} beantwortet keinen Versuch`,
		families: (name: string, theirs: string, ours: string) => `${name} hat nur ${theirs}, du nur ${ours}`,
	},
	obstacles: {
		downgraded: 'das Verzeichnis verlangte schwächere Verschlüsselung, als ihr beide könnt',
		unavailable: 'das Verzeichnis kann uns noch nicht verbinden',
		unanswered: 'keine Antwort von einer seiner Adressen',
		violation: 'es hat das Protokoll verletzt',
		dead: 'es antwortet nicht mehr',
		overdue: 'seine Schlüssel wurden nicht rechtzeitig erneuert',
		useless: (flaw: string) => `seine Antwort ist unbrauchbar (${flaw})`,
	},
	waysOut: {
		udpBlocked:
			'UDP aus diesem Netz hinauslassen (eine Firewall verwirft es) oder ein anderes Netz versuchen, etwa das eines Telefons',
		nowhere: (name: string) => `${name} bitten, simchat doctor zu starten: vielleicht verwirft dort eine Firewall UDP`,
		bothVary: 'an einem der beiden Router PCP oder NAT-PMP einschalten oder auf beiden Seiten IPv6 verwenden',
		unanswered: (name: string) =>
			`${name} bitten, simchat doctor zu starten: vielleicht verwirft auf einer der beiden Seiten eine Firewall UDP`,
		families: (name: string, theirs: string, ours: string) =>
			`hier ${theirs} oder bei ${name} ${ours} einrichten: den Anbieter fragen oder ein anderes Netz versuchen`,
	},
	short: {
		looking: 'Suche',
		lookingFor: (time: string) => `Suche (${time})`,
		noWay: (why: string) => `kein Weg: ${why}`,
		blocked: 'gesperrt',
		reasons: {
			'udp-blocked': 'UDP hier zu',
			nowhere: 'UDP dort zu',
			'both-vary': 'beide NATs',
			unanswered: 'ohne Antwort',
			families: 'IPv4/IPv6',
		},
	},
};
