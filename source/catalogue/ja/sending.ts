// Why a message is not sent or not delivered. It follows `simchat: `.
export const sending = {
	failures: {
		'identity-changed': (name: string) =>
			`${name} さんの鍵が変わりました。あなたが決めるまで何も送られません。simchat verify ${name} で比べる番号を表示します`,
		blocked: (name: string) => `${name} さんをブロックしています`,
		cancelled: () => 'メッセージの送信は取り消されました',
		refused: (name: string) => `${name} さんの simchat ではこのメッセージを読めません`,
	},
	notYet: (why: string) =>
		`まだ配信されていません: ${why}。このディスクに保存され、次に simchat を実行したときに送られます。`,
	nextStep: (step: string) => `次の対処: ${step}`,
	waitLonger: (name: string) => `--wait で長く待つか、simchat doctor ${name} の結果を確認してください`,
	waiting: {
		unconfirmed: (name: string) => `${name} さんからの受領通知がありません`,
		offline: (name: string) => `${name} さんがオフラインです`,
		looking: (name: string) => `${name} さんへの経路を探しています`,
		noWay: (name: string, why: string) => `${name} さんへの経路がありません (${why})`,
		blocked: (name: string, why: string) => `${name} さんとのセッションがありません (${why})`,
		noSession: (name: string) => `${name} さんとのセッションがまだありません`,
	},
};
