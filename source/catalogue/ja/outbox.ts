// Messages that are not delivered yet.
export const outbox = {
	title: (count: number) => `未配信: ${count} 件`,
	oneTitle: '未配信',
	hint: '↑ ↓ 選択 · Enter 操作を表示 · Esc 閉じる',
	allDelivered: 'すべて配信済みです。',
	failed: (since: string, why: string) => `${since}、${why}`,
	reasons: {
		'identity-changed': '鍵の変更',
		blocked: 'ブロック中',
		cancelled: '取り消し',
		refused: '受信不可',
	},
};
