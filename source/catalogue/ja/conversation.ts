// What stands with messages in a conversation.
export const conversation = {
	quoted: (text: string) => `「${text}」`,
	edited: '編集済み',
	notHere: 'ここにないメッセージ',
	deleted: '送信者が削除しました',
	devices: (name: string, count: number) => `${name} さんは現在 ${count} 台のデバイスを使用`,
	newMessages: (count: number) => `新着 ${count}`,
	moreLines: (count: number) => `残り ${count} 行`,
	moreLinesEnter: (count: number) => `残り ${count} 行: Enter で開く`,
	failed: {
		'identity-changed': '識別鍵が変わりました: /verify か /trust、その後 /retry',
		blocked: 'ブロック中: /block で解除、その後 /retry',
		cancelled: '送信取り消し済み: /retry で送信',
		refused: '相手の simchat では読めません',
	},
	replyingTo: (name: string) => `${name} さんへの返信`,
	replyingToOwn: '自分のメッセージへの返信',
	editing: '編集中',
	escCancels: 'Esc 中止',
	enterSavesEscCancels: 'Enter 保存 · Esc 中止',
};
