// What --help prints around the tables of commands and options.
export const usage = {
	usage: '用法',
	options: '选项',
	exitCodes: '退出码',
	pageOfCommand: (program: string) => `${program} COMMAND --help 显示该命令的说明。`,
	help: '显示用法；放在命令之后则显示该命令的说明',
	version: '显示版本',
	onlyFor: (commands: string, says: string) => `${commands}: ${says}`,
};
