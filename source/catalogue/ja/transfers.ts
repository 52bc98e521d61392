// Files between people: why one is not offered, and why one does not come.
export const transfers = {
	/** `file`: a path, as it was typed. */
	offers: {
		missing: (file: string) => `${file} はありません。パスを確認してください`,
		folder: (file: string) => `${file} はフォルダーです。tar などでまとめてから送ってください`,
		special: (file: string) => `${file} は中身のあるファイルではありません。パイプ、ソケット、デバイスは送れません`,
		unreadable: (file: string) => `${file} を読めません。読めるようにするか、別のファイルを送ってください`,
		changed: (file: string) => `${file} は読み込み中に変更されました。書き込みが終わってからもう一度試してください`,
	},
	/** Each says what to do. */
	problems: {
		'no-room': 'ディスクの空きが足りません。空きを作ってから、もう一度受け取ってください',
		folder:
			'ダウンロード先に書き込めません。書き込めるようにするか、設定 (downloads) で別のフォルダーを選んでから、もう一度受け取ってください',
		limit: '設定の上限 (fileLimit) より大きいファイルです。上限を上げてから、もう一度受け取ってください',
		changed: '送り主のところでファイルが変更されました。もう一度送ってもらってください',
		unreadable: '送り主のところでファイルを読めません。もう一度送ってもらってください',
		missing: '送り主のところにファイルがもうありません。もう一度送ってもらってください',
		damaged: '届いたものが送信されたはずのものと違います。もう一度受け取るか、もう一度送ってもらってください',
		disk: 'ディスクに書き込めませんでした。ディスクを確認してから、もう一度受け取ってください',
	},
	/** How a command for files ends. */
	ends: {
		waits: (name: string) =>
			`ファイルを ${name} さんに送りましたが、まだ全部は届いていません。simchat が動いていれば続きます`,
		declined: (name: string) => `${name} さんはファイルを受け取りません`,
		stopped: (name: string) => `ファイルは中止されました。${name} さんに渡すには、もう一度送ってください`,
		comesLater: (name: string) =>
			`ファイルはまだ届いていません。こちらと ${name} さんの simchat が動いていれば届きます`,
		noOffer: (name: string) => `${name} さんからのファイルはありません`,
	},
	/** An offer, as a line of a log. */
	line: (file: string, bytes: number) => `ファイル: ${file}、${bytes} バイト`,
};
