// What a newcomer is told: sentences.
export const firstMinutes = {
	nobody: [
		'リストにはまだ誰もいません。',
		'/add NAME で、アカウント名を指定して人を追加します。',
		'/who で、サーバーにある名前を表示します。',
		'F1 でキーとコマンドの一覧、Ctrl-C を 2 回で終了です。',
	] as readonly string[],
	nothingYet: (name: string): readonly string[] => [
		`まだ ${name} さんとの会話はありません。`,
		`メッセージを入力して Enter を押すと、暗号化して ${name} さんに送ります。`,
		`/verify で、本当に ${name} さんかを確かめる番号を表示します。`,
		'F1 でキーとコマンドの一覧、Ctrl-C を 2 回で終了です。',
	],
	tip: 'ヒント',
	message: (name: string) =>
		`✓ は送信済み、✓✓ は ${name} さんのコンピューターに保存済み、✓R は既読です。◷ は双方がオンラインになるのを待っています。Esc で閉じます。`,
	unverified: (name: string) =>
		`まだ ${name} さんを検証していません。検証するまでは、相手が ${name} さん本人かどうかをサーバーに頼ることになります。/verify で比べる番号を表示します。Esc で閉じます。`,
	stranger: (name: string) =>
		`知らない人 (${name}) からメッセージが来ました。左の + がその印です。/accept、/block、/remove のどれかを選ぶまで、相手には何も伝わりません。Esc で閉じます。`,
};
