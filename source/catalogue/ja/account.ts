// The account of a profile: its folder and files, signing up and in. Errors follow `simchat: ` and say what to do next.
export const account = {
	nameAt: (name: string, server: string) => `${name} (${server})`,
	none: 'このプロファイルにはまだアカウントがありません。サーバー管理者の参加リンクで登録してください',
	noneIn: (folder: string) =>
		`${folder} にはアカウントがありません。--profile でアカウントのあるフォルダーを指定してください`,
	noneInYet: (folder: string) =>
		`${folder} にはアカウントがありません。simchat sign-up LINK --name NAME で作成するか、--profile でフォルダーを指定してください`,
	signInFirst: '先にサインインしてください',

	isAnothers: (name: string, server: string) =>
		`このプロファイルは ${name} (${server}) のものです。2 つ目のアカウントには --profile で別のフォルダーを指定してください`,
	noLink: '参加リンクではありません。形式は simchat://host:port/#key です。サーバーの管理者に確認してください',
	begun: (vault: string) =>
		`このプロファイルでは別のパスワードで登録が始まっています。そのパスワードを使うか、${vault} を削除してやり直してください`,
	inviteFor: (name: string) => `この招待は ${name} 用です。別の名前にするには、サーバーの管理者に相談してください`,
	nameTaken: 'その名前は使われています。別の名前にしてください',
	inviteInvalid: '招待がこの名前では無効か、使用済みです。サーバーの管理者に新しい招待を依頼してください',
	registrationClosed: 'このサーバーは新しいアカウントを受け付けていません。管理者に確認してください',

	wrongPassword: 'パスワードが違います。このデバイスの保管庫を開けません',
	wrongPasswordAgain: 'パスワードが違います。このデバイスの保管庫を開けません。もう一度入力してください',
	wrongVaultPassword: 'パスワードが違います。保管庫のパスワードは別のものです。もう一度入力してください',
	triesLeft: (tries: number) => `パスワードが違います。あと ${tries} 回で 60 秒間入力できなくなります`,
	locked: (seconds: number) => `パスワードの誤りが多すぎます。${seconds} 秒後にやり直してください`,
	passwordEmpty: 'パスワードが空です。1 文字以上入力してください',
	passwordCharacter: 'パスワードに制御文字、見えない文字、または未割り当ての文字があります。除いて入力し直してください',
	thePasswordIs: (weakness: string) => weakness,
	// Stands alone and in `thePasswordIs`: a whole text in both.
	weak: (time: string) =>
		`弱いパスワードです。このプロファイルをコピーした人に${time}推測され、鍵とメッセージを読まれます。無関係な単語を 4 つ並べるとより安全です。`,
	withinAMinute: '1 分以内に',
	inMinutes: (count: number) => `約 ${count} 分で`,
	inHours: (count: number) => `約 ${count} 時間で`,
	inDays: (count: number) => `約 ${count} 日で`,
	tooManyChanges: (seconds: number) => `変更の回数が多すぎます。${seconds} 秒後にやり直してください`,
	changeOffline: 'ディレクトリに接続できません。パスワードは接続してから変更してください',

	unreachable: (place: string) =>
		`サーバー ${place} から応答がありません。アドレス、ネットワーク、サーバーを確認してください`,
	timeout: (place: string) => `サーバー ${place} が時間内に応答しません。後でやり直してください`,
	closed: (place: string) => `サーバー ${place} が接続を閉じました。後でやり直してください`,
	later: (place: string, seconds: number) =>
		`サーバー ${place} は今は受け付けません。${seconds} 秒後にやり直してください`,
	memory: (place: string) =>
		`サーバー ${place} が求めるパスワードの鍵導出にはメモリーが足りません。他のプログラムを終了してやり直してください`,
	otherProtocol: (place: string, flaw: string) =>
		`サーバー ${place} とはプロトコルが合いません (${flaw})。このバージョンの simchat サーバーか確認してください`,
	notUnderstood: (place: string) =>
		`サーバー ${place} は要求を理解できませんでした。このバージョンの simchat サーバーか確認してください`,
	serverKey: (place: string) =>
		`警告: ${place} は登録時のサーバーではありません。登録時の鍵を持っていません。誰かがなりすましているおそれがあります。悪用できる情報は送っていません。管理者が鍵を交換したと言う場合は、新しい参加リンクをもらってください`,
	otherDevice:
		'パスワードは正しいのですが、アカウントの識別鍵が置き換えられたため、このデバイスでは使えません。サーバーの管理者にリセットを依頼してください',
	gone: 'このアカウントはサーバーにありません。管理者に確認してください',
	deviceRemoved:
		'このアカウントの別のデバイスがこのデバイスを外しました。そのデバイスで新しいデバイスとして追加し直してください',

	portOfSystem: (port: number, from: number) =>
		`UDP ポート ${port} はシステム用です。--port で ${from}〜65535 を指定してください`,
	portUnusable: (port: number, code: string) =>
		`UDP ポート ${port} を開けません (${code})。--port で別のポートを指定してください`,
	portTaken: (port: number) =>
		`UDP ポート ${port} は別のプログラムが使っています。終了するか、--port で別のポートを指定してください`,
	portTakenBy: (port: number, program: string, pid: number) =>
		`UDP ポート ${port} は ${program} (プロセス ${pid}) が使っています。終了するか、--port で別のポートを指定してください`,
};
