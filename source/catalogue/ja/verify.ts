// The safety number, to be compared by two people.
export const verify = {
	title: (name: string) => `${name} さんとの安全番号`,
	hint: '↑ ↓ 選択 · Enter 決定 · Esc 閉じる',
	escCloses: 'Esc 閉じる',
	noNumber: (name: string) =>
		`最初のメッセージの前には安全番号がありません。先に ${name} さんにメッセージを送ってください。`,
	notYet: 'まだ比べていない',
	match: '一致: 鍵を検証済みにする',
	tooSmall: '回答するにはウィンドウを広げてください。',
	advice: (name: string) =>
		`${name} さんに直接か電話で読み上げるか、相手に読み上げてもらってください。一致すれば、誰も傍受していません。一致しなければ、誰かが傍受しているおそれがあります。ここには書かないでください。`,
	adviceWithCode: (name: string) =>
		`${name} さんに直接か電話で読み上げるか、相手に読み上げてもらうか、相手の画面のコードを読み取ってください。一致すれば、誰も傍受していません。一致しなければ、誰かが傍受しているおそれがあります。ここには書かないでください。`,
};
