// verify and trust: whether a contact's key is the contact's.
export const identity = {
	warning: (NAME: string, name: string) => [
		`${NAME} さんの鍵が変わりました。`,
		`${name} さんがデバイスを替えたか、最初からやり直したか、または別人がこの名前で応答しています。`,
		`これは新しい鍵の安全番号です。このチャットではなく、直接か電話で ${name} さんと比べてください。`,
	],
	askSame: (name: string) => `${name} さんにも同じ番号が見えますか？ 見えるなら「はい」か yes: `,
	verified: (name: string) => `${name} さんを検証しました`,
	notVerified: (name: string) =>
		`${name} さんは未検証です。番号が違う場合は、誰かが傍受しているおそれがあります。この鍵を信頼しないでください。`,
	unchanged: (name: string) => `${name} さんの鍵は変わっていません。決めることはありません`,
	askTrust: (name: string) => `${name} さんの新しい鍵を、比べずに受け入れますか？ 受け入れるなら「はい」か yes: `,
	trusted: (name: string) => `${name} さんの新しい鍵を受け入れました。未検証です`,
	notTrusted: (name: string) =>
		`${name} さんの新しい鍵を受け入れていません。受け入れるまで ${name} さんには何も送れません`,
	unknown: (name: string) => `${name} さんの鍵はまだ不明です。先にメッセージをやり取りしてください`,
	noTerminal: '確認できる端末がありません。番号を比べたら --yes を付けてください',
};
