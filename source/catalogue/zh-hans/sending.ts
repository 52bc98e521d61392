// Why a message is not sent or not delivered. It follows `simchat: `.
export const sending = {
	failures: {
		'identity-changed': (name: string) =>
			`${name} 的密钥已变更，在你决定之前不会发送任何内容，simchat verify ${name} 显示要比对的号码`,
		blocked: (name: string) => `${name} 已被屏蔽`,
		cancelled: () => '消息已被撤回',
		refused: (name: string) => `${name} 的 simchat 无法读取此消息`,
	},
	notYet: (why: string) => `尚未送达：${why}。消息保存在此磁盘上，下次运行 simchat 时发出。`,
	nextStep: (step: string) => `下一步：${step}`,
	waitLonger: (name: string) => `用 --wait 等得更久，或查看 simchat doctor ${name} 的结果`,
	waiting: {
		unconfirmed: (name: string) => `${name} 尚未确认`,
		offline: (name: string) => `${name} 不在线`,
		looking: (name: string) => `仍在寻找到 ${name} 的路径`,
		noWay: (name: string, why: string) => `没有到 ${name} 的路径 (${why})`,
		blocked: (name: string, why: string) => `与 ${name} 没有会话 (${why})`,
		noSession: (name: string) => `与 ${name} 还没有会话`,
	},
};
