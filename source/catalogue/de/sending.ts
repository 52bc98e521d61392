// Why a message is not sent or not delivered. It follows `simchat: `.
export const sending = {
	failures: {
		'identity-changed': (name: string) =>
			`der Schlüssel von ${name} hat sich geändert, und bis zu deiner Entscheidung wird nichts gesendet: simchat verify ${name} zeigt, was zu vergleichen ist`,
		blocked: (name: string) => `${name} ist blockiert`,
		cancelled: () => 'die Nachricht wurde zurückgenommen',
		refused: (name: string) => `das simchat von ${name} kann die Nachricht nicht lesen`,
	},
	notYet: (why: string) =>
		`noch nicht zugestellt: ${why}. Die Nachricht liegt auf diesem Datenträger und wird gesendet, wenn simchat wieder läuft.`,
	nextStep: (step: string) => `nächster Schritt: ${step}`,
	waitLonger: (name: string) => `mit --wait länger warten oder nachsehen, was simchat doctor ${name} sagt`,
	waiting: {
		unconfirmed: (name: string) => `${name} hat den Empfang nicht bestätigt`,
		offline: (name: string) => `${name} ist nicht online`,
		looking: (name: string) => `ein Weg zu ${name} wird noch gesucht`,
		noWay: (name: string, why: string) => `es gibt keinen Weg zu ${name}: ${why}`,
		blocked: (name: string, why: string) => `es gibt keine Sitzung mit ${name}: ${why}`,
		noSession: (name: string) => `es gibt noch keine Sitzung mit ${name}`,
	},
};
