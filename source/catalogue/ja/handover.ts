// A command that finds its profile open in another simchat, and what keeps that one from doing it.
export const handover = {
	refused: (folder: string, why: string) => `別の simchat が ${folder} を使っています。${why}`,
	nobodyHere: 'そちらはまだサインインしていません。そちらでサインインするか、終了してください',
	otherVersion: 'そちらはバージョンが違います。終了するか、--profile で別のフォルダーを選んでください',
	unproven: 'そちらは保管庫の鍵を持っていません。終了してください',
	noAnswer: 'そちらが応答せず、何も実行されていません。停止中なら fg で再開するか、終了してください',
	ownPort:
		'そちらのポートは開いています。--port を外せばそちらがコマンドを実行します。ポートを変えるには、先に終了してください',
	copiedAlone: 'プロファイルは誰も使っていないときにコピーします。そちらを終了して (tail は Ctrl-C) やり直してください',
	botAlone:
		'ボットはプロファイルを開いているプロセスで動きます。そちらを終了するか、ボット用のアカウントを使ってください',
	silent: (folder: string, outcome: string) => `${folder} を使っていた別の simchat が応答しなくなりました。${outcome}`,
	ended: (folder: string, outcome: string) => `${folder} を使っていた別の simchat が終了しました。${outcome}`,
	outcomes: {
		unknown: 'すべて実行されたかどうか不明です。確認してやり直してください',
		kept: '最後のメッセージはこのディスクにあり、simchat の実行中に送られます',
		unsure: '最後のメッセージが保存されたかどうか不明です。再送信の前に確認してください',
	},
	wrongPassword: 'パスワードが違います。開いているプロファイルのパスワードは別のものです。もう一度入力してください',
	notDone: '別の simchat は実行しませんでした',
};
