// What --help prints around the tables of commands and options.
export const usage = {
	usage: '使い方',
	options: 'オプション',
	exitCodes: '終了コード',
	pageOfCommand: (program: string) => `${program} COMMAND --help でコマンドの説明を表示します。`,
	help: '使い方を表示する。コマンドの後ではそのコマンドの説明',
	version: 'バージョンを表示する',
	onlyFor: (commands: string, says: string) => `${commands}: ${says}`,
};
