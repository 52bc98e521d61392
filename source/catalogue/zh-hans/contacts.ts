// The list of contacts, and names of the directory.
export const contacts = {
	addSomebody: '/add NAME',
	nobody: '无匹配',
	typeToFilter: '输入以筛选',
	directory: (prefix: string) => `目录：${prefix}…`,
	directoryFirst: (prefix: string) => `目录：${prefix}… (仅列前面的)`,
	directoryAll: '目录',
	directoryAllFirst: '目录 (仅列前面的)',
	directoryHint: '↑ ↓ 选择 · Enter 添加 · Esc 关闭',
};
