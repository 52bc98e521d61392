// Signing up and signing in.
export const entrance = {
	signUpTitle: 'simchat: 注册',
	signInTitle: (name: string, server: string) => `simchat: 以 ${name} 登录 ${server}`,
	intro: 'simchat 是终端里的端到端加密聊天软件。消息在电脑之间直接传送。',
	fields: {
		'join link': '加入链接',
		name: '名字',
		password: '密码',
		again: '再次输入',
		device: '设备',
	},
	hint: 'Enter 继续 · Tab 移动 · Ctrl-C 退出',
	quitHint: 'Ctrl-C 退出',
	hintSentence: '按 Enter 继续，Tab 移动，Ctrl-C 退出。',
	working: '正在由密码生成密钥，并询问服务器…',
	secondsLeft: (seconds: number) => `${seconds} 秒`,
	tooManyWrong: '密码错误次数过多。',
	comesBack: '稍后会自动回到输入页面。',
	different: '两次输入的密码不一致，请重新输入',
	forAnother: (name: string) => `此用户配置已属于 ${name}，要使用第二个账号，请用 --profile DIR 启动 simchat`,
};
