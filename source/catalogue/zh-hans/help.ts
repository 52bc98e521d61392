// The help: its headings. What keys and commands do is in keys.ts and slash-commands.ts.
export const help = {
	title: '帮助',
	hint: '↑ ↓ 滚动 · Esc 关闭',
	keys: '按键',
	keysAside: '用 /settings 更改',
	selected: '选中消息时',
	selectedAside: '其他字母进入输入框',
	editing: '编辑',
	commands: '命令',
	commandsAside: '以斜杠开头的消息请用 //',
};
