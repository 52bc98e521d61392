// Messages and contacts as lines of `tail`, `search`, `export --text` and `contacts`.
export const lines = {
	me: '自分',
	meTo: (name: string) => `自分 → ${name}`,
	presence: {online: 'オンライン', keeper: 'キーパー', offline: 'オフライン', unknown: '状態不明'},
	keys: {unknown: '鍵は不明', pinned: '鍵は未検証', verified: '鍵は検証済み', changed: '鍵の変更'},
	called: (nickname: string) => `ニックネーム ${nickname}`,
	request: '会話を希望',
	away: (why: string) => `離席中: ${why}`,
	blocked: 'ブロック中',
	unread: (messages: number) => `未読 ${messages} 件`,
	undelivered: (messages: number) => `未配信 ${messages} 件`,
	changeLost: '出力が読まれていません。メッセージの変更を表示しませんでした',
	comesAgain: (problem: string) => `${problem}。その間に届くものは再び届きます`,
};
