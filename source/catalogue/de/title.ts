// The line above a conversation. All of it has one line: as few cells as can be.
export const title = {
	muted: 'stumm',
	pinned: (text: string) => `angeheftet: ${text}`,
	nickname: (name: string, nickname: string) => `${name} „${nickname}“`,
	wantsToTalk: 'möchte schreiben',
	away: (why: string) => `abwesend: ${why}`,
	online: 'online',
	offline: 'offline',
	onlyKeeper: 'ein Keeper ist da',
	keeper: 'Keeper',
	connected: 'verbunden',
	presenceUnknown: 'Status unbekannt',
	unknown: 'unbekannt',
	blocked: 'blockiert',
	verified: 'verifiziert',
	keyChanged: 'Schlüssel neu',
	notVerified: 'nicht verifiziert',
};
