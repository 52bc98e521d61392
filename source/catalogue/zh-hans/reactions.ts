// Reacting to a message with an emoji.
export const reactions = {
	title: '回应',
	hint: '字母搜索 · ↑ ↓ 选择 · Enter 确定 · Esc 关闭',
	names: {
		'👍': '赞同',
		'❤️': '喜欢',
		'👎': '反对',
		'🎉': '庆祝',
		'😄': '好笑',
		'😕': '困惑',
		'👀': '我在看',
		'🚀': '火箭',
		'🙏': '谢谢',
	},
	takeBack: (emoji: string) => `撤回 ${emoji}`,
};
