// The account of a profile: its folder and files, signing up and in. Errors follow `simchat: ` and say what to do next.
export const account = {
	nameAt: (name: string, server: string) => `${name} (${server})`,
	none: '此用户配置还没有账号，请用服务器管理员给的加入链接注册',
	noneIn: (folder: string) => `${folder} 中没有账号，请用 --profile 指定有账号的文件夹`,
	noneInYet: (folder: string) =>
		`${folder} 中没有账号，请用 simchat sign-up LINK --name NAME 注册，或用 --profile 指定其文件夹`,
	signInFirst: '请先登录',

	isAnothers: (name: string, server: string) =>
		`此用户配置属于 ${name} (${server})，要使用第二个账号，请用 --profile 另选文件夹`,
	noLink: '这不是加入链接，其格式为 simchat://host:port/#key，请询问服务器管理员',
	begun: (vault: string) => `此用户配置曾用另一个密码开始注册，请使用那个密码，或删除 ${vault} 重新开始`,
	inviteFor: (name: string) => `此邀请是给 ${name} 的，要用其他名字请询问服务器管理员`,
	nameTaken: '该名字已被占用，请换一个',
	inviteInvalid: '邀请对此名字无效或已用完，请向服务器管理员索取新的邀请',
	registrationClosed: '此服务器不接受新账号，请询问其管理员',

	wrongPassword: '密码错误，无法打开此设备的密钥库',
	wrongPasswordAgain: '密码错误，无法打开此设备的密钥库，请重试',
	wrongVaultPassword: '密码错误，密钥库用的是另一个密码，请重试',
	triesLeft: (tries: number) => `密码错误，还可尝试 ${tries} 次，之后须等待 60 秒`,
	locked: (seconds: number) => `密码错误次数过多，请在 ${seconds} 秒后重试`,
	passwordEmpty: '密码为空，请至少输入一个字符',
	passwordCharacter: '密码中有控制字符、不可见字符或未分配的字符，请去掉后重新输入',
	thePasswordIs: (weakness: string) => weakness,
	// Stands alone and in `thePasswordIs`: a whole text in both.
	weak: (time: string) => `密码太弱：复制了此用户配置的人${time}就能猜出，并读取你的密钥和消息。用四个随机的词更好。`,
	withinAMinute: '不到一分钟',
	inMinutes: (count: number) => `约 ${count} 分钟`,
	inHours: (count: number) => `约 ${count} 小时`,
	inDays: (count: number) => `约 ${count} 天`,
	tooManyChanges: (seconds: number) => `更改次数过多，请在 ${seconds} 秒后重试`,
	changeOffline: '无法连接目录，请在连接后再更改密码',

	unreachable: (place: string) => `服务器 ${place} 无人应答，请检查地址、网络和服务器`,
	timeout: (place: string) => `服务器 ${place} 未及时应答，请稍后重试`,
	closed: (place: string) => `服务器 ${place} 关闭了连接，请稍后重试`,
	later: (place: string, seconds: number) => `服务器 ${place} 暂时拒绝，请在 ${seconds} 秒后重试`,
	memory: (place: string) => `服务器 ${place} 要求的密码派生所需内存不足，请结束其他程序后重试`,
	otherProtocol: (place: string, flaw: string) =>
		`服务器 ${place} 使用的协议不同 (${flaw})，请确认它是此版本的 simchat 服务器`,
	notUnderstood: (place: string) => `服务器 ${place} 无法理解请求，请确认它是此版本的 simchat 服务器`,
	serverKey: (place: string) =>
		`警告：${place} 不是你注册时的服务器，它没有那个服务器的密钥。可能有人在冒充。没有向它发送任何可被利用的内容。如果管理员说密钥已更换，请索取新的加入链接`,
	otherDevice: '密码正确，但账号已不属于此设备，因为它的身份密钥已被替换。请向服务器管理员申请重置',
	gone: '服务器上已没有此账号，请询问其管理员',
	deviceRemoved: '此账号的另一台设备移除了此设备：请在那台设备上将它作为新设备重新添加',

	portOfSystem: (port: number, from: number) =>
		`UDP 端口 ${port} 由系统保留，请用 --port 指定 ${from} 到 65535 之间的端口`,
	portUnusable: (port: number, code: string) => `无法打开 UDP 端口 ${port} (${code})，请用 --port 指定其他端口`,
	portTaken: (port: number) => `UDP 端口 ${port} 被其他程序占用，请结束该程序，或用 --port 指定其他端口`,
	portTakenBy: (port: number, program: string, pid: number) =>
		`UDP 端口 ${port} 被 ${program} (进程 ${pid}) 占用，请结束该程序，或用 --port 指定其他端口`,
};
