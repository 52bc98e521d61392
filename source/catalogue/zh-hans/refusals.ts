// Why something that a person asked for about messages and contacts is not done, and what to do.
export const refusals = {
	noName: '这不是名字：名字有 1 到 32 个字符，可用 a–z、0–9、点、下划线和连字符，以字母开头',
	ownName: '这是你自己的名字，请选择别人',
	unknownName: (name: string) => `目录中没有此名字：${name}`,
	notInList: (name: string) => `列表中没有 ${name}，发消息给 ${name} 即可添加`,
	blocked: (name: string) => `你已屏蔽 ${name}，请先取消屏蔽`,
	keyChanged: (name: string) =>
		`身份密钥已变更：${name}。可能有人在拦截。请与 ${name} 比对安全码，再用 verify 接受新密钥；无法比对时用 trust`,
	keyUnknown: (name: string) => `还不知道 ${name} 的密钥，请先互发一条消息，再比对安全码`,
	offline: '无法连接目录，请在连接后重试',
	tooManySearches: (seconds: number) => `搜索次数过多，请在 ${seconds} 秒后重试`,
	nickname: (most: number) => `备注名须为 1 到 ${most} 个字符`,
	away: (most: number) => `离开的原因须为 1 到 ${most} 字节`,
	emptyMessage: '没有可发送的内容，消息为空',
	longMessage: (bytes: number, most: number) => `消息有 ${bytes} 字节，上限为 ${most}，请分开发送`,
	messageGone: '该消息已不在了',
	longEmoji: '这不是表情，太长了',
	wrongAct: (kind: string) => `不能对消息这样做：${kind}`,
	timer: '消息可在 1 秒到 365 天后消失',
	longKey: (most: number) => `名字超过 ${most} 个字符，不会记住`,
	longValue: (most: number) => `超过 ${most} 字节，不会记住`,
	tooMuch: '记住的内容已经太多，这一项不会记住',
};
