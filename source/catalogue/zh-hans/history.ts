// search, export, forget, check, backup and restore.
export const history = {
	noMessages: (name: string) => `与 ${name} 没有消息，什么也没有删除`,
	askForget: (count: number, name: string) => `从此磁盘彻底删除与 ${name} 的 ${count} 条消息吗？删除请输入“是”或 yes: `,
	noTerminal: '没有终端可供确认，要删除请加 --yes',
	notForgotten: '什么也没有删除',
	forgotten: (count: number, name: string) => `已删除与 ${name} 的 ${count} 条消息`,
	sound: '历史记录完好',
	damaged: '历史记录已损坏，请用备份替换',
	damagedPage: (page: number) => `第 ${page} 页已损坏`,
	cannotWrite: (file: string, why: string) => `无法写入 ${file}: ${why}`,
	fileThere: '文件已存在，请换个名字，或加 --force',
	copied: (folder: string) => `已备份到 ${folder}`,
	restored: (folder: string) => `已恢复到 ${folder}`,
};
