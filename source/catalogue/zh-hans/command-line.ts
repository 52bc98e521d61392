// What is wrong with a command line, and what to type instead. It follows `simchat: `.
export const commandLine = {
	noCommand: (word: string, commands: string) => `没有 ${word} 命令，请使用以下之一：${commands}`,
	noTerminal: (commands: string) => `没有终端就无法使用全屏客户端，请用 --linear 或以下之一：${commands}`,
	flagNotFor: (flag: string, command: string) => `${flag} 不适用于 ${command}，请去掉`,
	flagNotForScreen: (flag: string) => `${flag} 不适用于全屏客户端，请去掉`,
	flagNotForLines: (flag: string) => `${flag} 不适用于行模式客户端，请去掉`,
	noFlag: (flag: string) => `没有 ${flag} 选项，请去掉，或在以短横线开头的文本前加 --`,
	flagTwice: (flag: string) => `选项 ${flag} 只能设置一次。`,
	noValue: (flag: string) => `${flag} 需要一个值`,
	password:
		'命令行上的密码会被这台机器上的所有人看到，请去掉 --password，在询问时输入，或设置 SIMCHAT_PASSWORD，或使用 --password-stdin',
	usage: (form: string) => `用法：${form}`,
	tooMany: (command: string, words: string, surplus: string) => `${command} 的参数是 ${words}，请去掉 ${surplus}`,
	noWords: (command: string, surplus: string) => `${command} 没有参数，请去掉 ${surplus}`,
	noName: (command: string) => `${command} 需要名字：simchat ${command} LINK --name NAME (带邀请的链接自带名字)`,
	shell: (shells: string) => `completion 的参数是以下之一：${shells}`,
	wait: (most: number) => `--wait 的值是 0 到 ${most} 之间的秒数`,
	since:
		'--since 须为日期 (2026-11-03)、时间 (2026-11-03T09:30，非本地时间加 Z 或 +01:00)、1970 年以来的毫秒数或消息的 ID',
	duration: '时长为数字加单位，如 30s、5m、1h、1d 或 1w；或 off',
	port: (most: number) => `--port 的值是 1 到 ${most} 之间的 UDP 端口`,
	limit: (most: number) => `--limit 的值是 1 到 ${most} 之间的消息数`,
	seeHelp: '参见 simchat --help',
	longLine: (most: number) => `标准输入中有一行超过 ${most} 个字符`,
	longInput: (most: number) => `标准输入超过 ${most} 个字符`,
	notText: '标准输入不是 UTF-8 文本',
};
