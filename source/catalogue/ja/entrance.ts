// Signing up and signing in.
export const entrance = {
	signUpTitle: 'simchat: アカウント登録',
	signInTitle: (name: string, server: string) => `simchat: ${name} (${server}) でサインイン`,
	intro:
		'simchat は端末で使う、エンドツーエンド暗号化のメッセンジャーです。メッセージはコンピューター間で直接送られます。',
	fields: {
		'join link': '参加リンク',
		name: '名前',
		password: 'パスワード',
		again: '再入力',
		device: 'デバイス',
	},
	hint: 'Enter 次へ · Tab 移動 · Ctrl-C 終了',
	quitHint: 'Ctrl-C 終了',
	hintSentence: 'Enter で次へ、Tab で移動、Ctrl-C で終了します。',
	working: 'パスワードから鍵を作り、サーバーに問い合わせています…',
	secondsLeft: (seconds: number) => `${seconds} 秒`,
	tooManyWrong: 'パスワードの誤りが多すぎます。',
	comesBack: '入力画面には自動で戻ります。',
	different: '2 つのパスワードが一致しません。両方を入力し直してください',
	forAnother: (name: string) =>
		`このプロファイルは ${name} のものです。2 つ目のアカウントには simchat を --profile DIR 付きで起動してください`,
};
