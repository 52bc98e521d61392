// The way to the server, as commands and the client in lines tell of it. They follow `simchat: `.
export const connection = {
	problems: {
		unreachable: '无法连接服务器',
		timeout: '服务器没有应答',
		closed: '与服务器的连接已断开',
		busy: '服务器繁忙',
		shutdown: '服务器正在停止',
		protocol: '此版本无法理解服务器的应答',
		displaced: '此账号已在别处登录',
		removed: '账号已不存在，请向管理员索取邀请',
		credentials: '账号的密码已更改',
		identity: '账号现在属于另一台设备，它的身份密钥与此用户配置的不同',
		'server-key': '服务器的密钥不符',
	},
	impersonation: [
		'可能有人在冒充你的服务器。',
		'请当面或打电话询问服务器的管理员，密钥是否已更换。',
		'如果没有更换，说明有人在拦截连接，请不要继续。',
	],
	tryingAgain: (problem: string) => `${problem}，正在自动重试`,
	notReached: '尚未连接服务器',
	udpSilent: '没有收到服务器的 UDP 应答',
	clockBehind: (time: string) => `这台电脑的时钟比服务器慢${time}，simchat 会自行校正，但请把时钟调准`,
	clockAhead: (time: string) => `这台电脑的时钟比服务器快${time}，simchat 会自行校正，但请把时钟调准`,
	days: (count: number) => ` ${count} 天`,
	hours: (count: number) => ` ${count} 小时`,
	minutes: (count: number) => ` ${count} 分钟`,
};
