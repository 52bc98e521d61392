// Messages and contacts as lines of `tail`, `search`, `export --text` and `contacts`.
export const lines = {
	me: '我',
	meTo: (name: string) => `我 → ${name}`,
	presence: {online: '在线', keeper: '守护设备', offline: '离线', unknown: '状态未知'},
	keys: {unknown: '密钥未知', pinned: '密钥未验证', verified: '密钥已验证', changed: '密钥已变更'},
	called: (nickname: string) => `备注名 ${nickname}`,
	request: '想和你聊天',
	away: (why: string) => `离开：${why}`,
	blocked: '已屏蔽',
	unread: (messages: number) => `${messages} 条未读`,
	undelivered: (messages: number) => `${messages} 条未送达`,
	changeLost: '没有程序读取输出，有一条消息的变更未显示',
	comesAgain: (problem: string) => `${problem}；其间收到的内容会再次送来`,
};
