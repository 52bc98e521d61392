// Messages and contacts as lines of `tail`, `search`, `export --text` and `contacts`.
export const lines = {
	me: 'ich',
	meTo: (name: string) => `ich → ${name}`,
	presence: {online: 'online', keeper: 'Keeper', offline: 'offline', unknown: 'unbekannt'},
	keys: {
		unknown: 'Schlüssel unbekannt',
		pinned: 'Schlüssel gemerkt',
		verified: 'Schlüssel verifiziert',
		changed: 'Schlüssel geändert',
	},
	called: (nickname: string) => `genannt ${nickname}`,
	request: 'möchte schreiben',
	away: (why: string) => `abwesend: ${why}`,
	blocked: 'blockiert',
	unread: (messages: number) => `${messages} ungelesen`,
	undelivered: (messages: number) => `${messages} nicht zugestellt`,
	changeLost: 'niemand liest die Ausgabe: eine Änderung an einer Nachricht wird nicht ausgegeben',
	comesAgain: (problem: string) => `${problem}; was inzwischen kommt, kommt noch einmal`,
};
