// A command that finds its profile open in another simchat, and what keeps that one from doing it.
export const handover = {
	refused: (folder: string, why: string) => `另一个 simchat 正在使用 ${folder}: ${why}`,
	nobodyHere: '它尚未登录，请在那里登录，或退出它',
	otherVersion: '它的版本不同，请退出它，或用 --profile 另选文件夹',
	unproven: '它没有密钥库的密钥，请退出它',
	noAnswer: '它没有应答，什么也没有执行；如果它被暂停，请用 fg 恢复，否则结束它',
	ownPort: '它的端口已打开：去掉 --port 就由它执行命令；要更改端口，请先退出它',
	copiedAlone: '备份时不能有程序使用用户配置，请退出它 (tail 按 Ctrl-C 结束) 后重试',
	botAlone: '机器人须在打开此用户配置的进程中运行：请退出另一个，或为机器人使用单独的账号',
	silent: (folder: string, outcome: string) => `正在使用 ${folder} 的另一个 simchat 不再应答：${outcome}`,
	ended: (folder: string, outcome: string) => `正在使用 ${folder} 的另一个 simchat 已结束：${outcome}`,
	outcomes: {
		unknown: '不确定是否全部完成，请查看后重试',
		kept: '最后一条消息已保存在此磁盘上，simchat 运行时发出',
		unsure: '不确定最后一条消息是否已保存，请查看后再重新发送',
	},
	wrongPassword: '密码错误，打开的用户配置用的是另一个密码，请重试',
	notDone: '另一个 simchat 没有执行',
};
