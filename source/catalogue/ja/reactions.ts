// Reacting to a message with an emoji.
export const reactions = {
	title: 'リアクション',
	hint: '文字で検索 · ↑ ↓ 選択 · Enter 決定 · Esc 閉じる',
	names: {
		'👍': '賛成',
		'❤️': '大好き',
		'👎': '反対',
		'🎉': 'お祝い',
		'😄': 'おもしろい',
		'😕': '困った',
		'👀': '見ています',
		'🚀': 'ロケット',
		'🙏': 'ありがとう',
	},
	takeBack: (emoji: string) => `${emoji} を取り消す`,
};
