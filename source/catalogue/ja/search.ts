// Finding: a conversation by its name, what was said, what was sent from this input before, what a message said before it was edited.
export const search = {
	goTo: '移動',
	goToHint: '文字で検索 · ↑ ↓ 選択 · Enter 開く · Esc 閉じる',
	nobodyCalledThat: 'リストにその名前の人はいません。/add NAME で追加します。',
	unread: (count: number) => `未読 ${count} 件`,
	everywhere: 'すべてを検索',
	here: (name: string) => `${name} との会話を検索`,
	everywhereHint: '↑ ↓ · Enter 開く · Tab: この会話 · Esc 閉じる',
	hereHint: '↑ ↓ · Enter 開く · Tab: すべて · Esc 閉じる',
	nothingFound: '見つかりませんでした。',
	to: (name: string) => `${name} 宛て`,
	sentBefore: '送信履歴',
	sentBeforeHint: '文字で検索 · ↑ ↓ · Enter 入力欄へ · Esc 閉じる',
	nothingSent: 'ここからはまだ何も送っていません。',
	nothingSentLikeThat: 'ここから送ったものに該当はありません。',
	edits: '編集前の内容',
	editsHint: 'Esc 閉じる',
};
