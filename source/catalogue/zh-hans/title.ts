// The line above a conversation. All of it has one line: as few cells as can be.
export const title = {
	muted: '免打扰',
	pinned: (text: string) => `置顶：${text}`,
	nickname: (name: string, nickname: string) => `${name} “${nickname}”`,
	wantsToTalk: '想和你聊天',
	away: (why: string) => `离开：${why}`,
	online: '在线',
	offline: '离线',
	onlyKeeper: '守护设备在线',
	keeper: '守护设备',
	connected: '已连接',
	presenceUnknown: '状态未知',
	unknown: '未知',
	blocked: '已屏蔽',
	verified: '已验证',
	keyChanged: '密钥已变更',
	notVerified: '未验证',
};
