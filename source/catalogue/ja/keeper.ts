// The keeper: the lines of its log, what it says of itself, and what is wrong with its options.
export const keeper = {
	full: (most: number) =>
		`履歴が --max-size で許された ${most} MB に達しました。これ以上は受け取らず、空きができると送信済みのものが再び届きます`,
	log: {
		starts: {
			all: '開始。すべて保持します',
			fetched: '開始。ほかのすべてのデバイスが受け取るまで保持します',
			days: (days: number) => `開始。ほかのすべてのデバイスが持つものは ${days} 日間、残りは受け取られるまで保持します`,
		},
		joined: 'このデバイスはアカウントに加わりました',
		notKeeper:
			'デバイスの記録ではこのデバイスはキーパーではないため、すべて保持します。キーパーは simchat devices add --keeper で追加してください',
		signedIn: 'サインインしました',
		came: (count: number) => `受信: ${count}`,
		handedOn: (count: number) => `引き渡し: ${count}`,
		told: (count: number) => `自分のデバイスから: ${count}`,
		letGo: (count: number) => `ほかのすべてのデバイスにあるため削除: ${count}`,
		disk: 'ディスクに書き込めません。届いたものは受領を返さず、空きができると再び届きます',
		diskWell: 'ディスクに再び書き込めます',
		room: '履歴に再び空きができました',
		signsOff: 'サインオフします',
	},
	status: {
		since: (time: string) => `${time} から動作中`,
		contacts: (count: number, there: number) => `連絡先: ${count}、オンライン: ${there}`,
		devices: (count: number, there: number) => `ほかのデバイス: ${count}、オンライン: ${there}`,
		holds: (messages: number, waiting: number) => `メッセージ: ${messages}、未配達: ${waiting}`,
		size: (size: string) => `履歴: ${size} MB`,
		sizeOf: (size: string, most: number) => `履歴: ${size} MB / ${most} MB`,
	},
	noneRuns: (folder: string) => `${folder} で動作中のキーパーはありません。simchat keep で開始してください`,
	otherProcess:
		'このプロファイルを開いている simchat はキーパーではありません。終了して simchat keep を開始してください',
	hold: (most: number) => `--hold には all、until-fetched、または 1 から ${most} までの日数を指定します`,
	maxSize: (most: number) => `--max-size には 1 から ${most} までの MB を指定します`,
	noPasswordFile: (file: string, why: string) =>
		`${file} からパスワードを読めません (${why})。読めるようにするか、--password-file で別のファイルを指定してください`,
	emptyPasswordFile: (file: string) => `${file} の 1 行目がパスワードですが、空です`,
	noNotify: (why: string) =>
		`systemd に状態を伝えられません (${why})。systemd-notify をインストールするか、watchdog なしの Type=exec を使ってください`,
};
