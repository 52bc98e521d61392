// The help: its headings. What keys and commands do is in keys.ts and slash-commands.ts.
export const help = {
	title: 'ヘルプ',
	hint: '↑ ↓ スクロール · Esc 閉じる',
	keys: 'キー',
	keysAside: '/settings で変更',
	selected: 'メッセージの選択中',
	selectedAside: '他の文字は入力欄に入ります',
	editing: '編集',
	commands: 'コマンド',
	commandsAside: 'スラッシュで始まる文は // で',
};
