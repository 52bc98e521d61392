// What is asked for on the terminal by commands.
export const terminal = {
	yes: 'はい',
	password: 'パスワード: ',
	newPassword: '新しいパスワード: ',
	passwordAgain: 'もう一度入力: ',
	passwordsDiffer: 'パスワードが一致しません。もう一度入力してください',
	noPassword: '標準入力の 1 行目がパスワードですが、空です',
	nobodyToAsk: (variable: string) =>
		`パスワードを尋ねる端末がありません。${variable} を設定するか、--password-stdin を使ってください`,
	cancelled: '中止しました',
};
