// Finding: a conversation by its name, what was said, what was sent from this input before, what a message said before it was edited.
export const search = {
	goTo: '转到',
	goToHint: '字母搜索 · ↑ ↓ 选择 · Enter 打开 · Esc 关闭',
	nobodyCalledThat: '列表中没有此名字的人，可用 /add NAME 添加。',
	unread: (count: number) => `${count} 条未读`,
	everywhere: '搜索全部对话',
	here: (name: string) => `搜索与 ${name} 的对话`,
	everywhereHint: '↑ ↓ · Enter 打开 · Tab: 此对话 · Esc 关闭',
	hereHint: '↑ ↓ · Enter 打开 · Tab: 全部 · Esc 关闭',
	nothingFound: '没有找到。',
	to: (name: string) => `给 ${name}`,
	sentBefore: '发送过的',
	sentBeforeHint: '字母搜索 · ↑ ↓ · Enter 写入 · Esc 关闭',
	nothingSent: '这里还没有发送过内容。',
	nothingSentLikeThat: '这里没有发送过此内容。',
	edits: '编辑前的内容',
	editsHint: 'Esc 关闭',
};
