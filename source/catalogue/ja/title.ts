// The line above a conversation. All of it has one line: as few cells as can be.
export const title = {
	muted: 'ミュート',
	pinned: (text: string) => `ピン留め: ${text}`,
	nickname: (name: string, nickname: string) => `${name}「${nickname}」`,
	wantsToTalk: '会話を希望',
	away: (why: string) => `離席中: ${why}`,
	online: 'オンライン',
	offline: 'オフライン',
	onlyKeeper: 'キーパーがオンライン',
	keeper: 'キーパー',
	connected: '接続済み',
	presenceUnknown: '状態不明',
	unknown: '不明',
	blocked: 'ブロック中',
	verified: '検証済み',
	keyChanged: '鍵の変更',
	notVerified: '未検証',
};
