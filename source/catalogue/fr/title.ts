// The line above a conversation. All of it has one line: as few cells as can be.
export const title = {
	muted: 'sourdine',
	pinned: (text: string) => `épinglé : ${text}`,
	nickname: (name: string, nickname: string) => `${name} «${nickname}»`,
	wantsToTalk: 'veut parler',
	away: (why: string) => `absent : ${why}`,
	online: 'en ligne',
	offline: 'hors ligne',
	onlyKeeper: 'un gardien est là',
	keeper: 'gardien',
	connected: 'connecté',
	presenceUnknown: 'présence inconnue',
	unknown: 'inconnu',
	blocked: 'bloqué',
	verified: 'vérifié',
	keyChanged: 'clé changée',
	notVerified: 'non vérifié',
};
