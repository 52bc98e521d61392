// The devices of the own account: which there are, adding, removing and naming them, joining by a link.
export const devices = {
	noLink: 'デバイスリンクではありません。お持ちのデバイスの /devices で作成してください',
	noLabel: 'このデバイスには名前が必要です。呼び名を入力してください',
	keeperMayNot: 'キーパーはデバイスを追加も削除もできません。別のデバイスで行ってください',
	offline: 'サーバーに接続できません。接続してからやり直してください',
	recoveryStays: '復元用の言葉を削除できるのはその言葉だけです',
	lastStays: 'アカウントの最後のデバイスです。削除する前に別のデバイスを追加してください',
	notTaken: 'デバイスの一覧はこの変更をもう受け付けません。一覧を確かめてやり直してください',
	later: (seconds: number) => `変更が多すぎます。${seconds} 秒後にやり直してください`,
	unknown: (typed: string) => `デバイス ${typed} はありません。simchat devices で確かめてください`,
	several: (typed: string) => `${typed} に当てはまるデバイスが複数あります。ID をもう少し入力してください`,
	notTold: 'サーバーからデバイスの一覧が届いていません。接続してからやり直してください',
	otherAccount: (name: string) =>
		`サーバーが示すアカウント ${name} はリンクのものと違います。先へ進まず、サーバー管理者に確かめてください`,
	joinStopped: 'まだ参加していません。リンクが有効な間は同じリンクで続けられます',
	unanswered: '10 分間応答がありません。リンクは使用済みか、古すぎるか、別人のものです。新しく作成してください',
	joinCut: '参加する前に接続が切れました。同じリンクでやり直してください',
	joinTitle: (name: string, server: string) => `simchat: ${name} (${server}) に参加`,
	joinIntro: (name: string) => `${name} さんの新しいデバイスになります。パスワードはアカウントのものです。`,
	joinAsked:
		'リンクを作成したデバイスの応答を待っています。何も起きない場合、リンクは使用済みか 10 分以上前のものです。そのデバイスで新しく作成してください。',
	joinAbsent:
		'参加を認められるデバイスがオンラインではありません。リンクを作成したデバイスで simchat を開いてください。こちらは自動で再確認します。',
	joinHint: 'Esc 戻る · Ctrl-C 終了',
	roles: {device: '', keeper: 'キーパー', recovery: '復元用の言葉'},
	unnamed: (id: string) => `名前なし (${id})`,
	thisOne: 'このデバイス',
	added: (when: string) => `追加 ${when}`,
	addedBy: (when: string, by: string) => `追加 ${when} (${by})`,
	title: 'デバイス',
	hint: 'a 追加 · k キーパー · r 名前 · o 役割 · d 削除',
	keeperHint: 'r 名前を変更 · Esc 閉じる',
	addTitle: 'デバイスを追加',
	addKeeperTitle: 'キーパーを追加',
	addHint: 'y リンクをコピー · Esc リンクを無効にする',
	addedHint: 'Esc 閉じる',
	addWords:
		'新しいデバイスで simchat を開き、このリンクを貼り付けてください。パスワードを求められます。両方を持つ人はあなたのデバイスになります。',
	addKeeperWords:
		'常に動いているマシンで simchat keep を実行し、このリンクを貼り付けてください。キーパーはメッセージを読めますが、デバイスは追加できません。',
	tooSmall: 'リンクを見るにはウィンドウを広げるか、y でコピーしてください。',
	timeLeft: (time: string) => `あと ${time}、1 台に有効です。`,
	wrongTries: (left: number) =>
		`あなたのパスワードを知る誰かが別のリンクで試みました。あと ${left} 回でこのリンクは無効になります。`,
	joined: (label: string) => `参加しました: ${label}`,
	over: {
		guessed:
			'リンクは無効になりました。パスワードを知りリンクを持たない誰かが 3 回試みました。パスワードを変更してください',
		late: 'リンクが古すぎます。誰も参加していません',
		full: 'これ以上デバイスを追加できません。先に 1 台削除してください',
		refused: 'デバイスを追加できませんでした。新しいリンクを作成してください',
		replaced: 'このリンクの代わりに別のリンクが作成されました',
	},
	renameTitle: (label: string) => `名前を変更: ${label}`,
	renameHint: 'Enter 保存 · Esc 取り消し',
	remove: (label: string) =>
		`${label} を削除しますか？ すぐにサインアウトされ、二度と戻れません。手元のデータは残ります。`,
	removeThis: 'このデバイスを削除しますか？ すぐにサインアウトされ、二度と戻れません。手元のデータは残ります。',
	keepIt: '残す',
	removeIt: '削除する',
	removed: (label: string) => `削除しました: ${label}`,
	renamed: (label: string) => `名前を変更しました: ${label}`,
	news: {
		add: (label: string, by: string, when: string) =>
			`アカウントに新しいデバイス: ${label} (${by} が追加、${when})。心当たりがなければ削除: /devices`,
		remove: (label: string, by: string, when: string) =>
			`デバイスの削除: ${label} (${by} が削除、${when})。詳細: /devices`,
		role: (label: string, by: string, when: string) => `役割の変更: ${label} (${by}、${when})。詳細: /devices`,
	},
	more: (count: number) => `デバイスの変更がほかに ${count} 件: /devices`,
	contradicted: (name: string) =>
		`${name} には、これと違うデバイスの一覧が示されています。サーバーがどちらかに嘘をついているかもしれません。すべてのデバイスで /devices を見比べ、${name} に確認してください`,
	alarm:
		'サーバーが示すデバイスの一覧は、ここで知られているものと違います。その内容は信用されません。サーバー管理者に確かめてください。',
	waiting: '新しいデバイスを待っています。リンクは 10 分間、1 台に有効です。Ctrl-C で無効になります',
	nobodyJoined: '誰も参加せず、リンクは無効になりました',
	askRemove: (label: string, id: string) =>
		`${label} (${id}) を削除しますか？ 二度と戻れません。削除するなら「はい」か yes: `,
	notRemoved: (label: string) => `残します: ${label}`,
	askNobody: '確認できる端末がありません。--yes を付けると削除します',
	usage:
		'使い方: simchat devices [list | add [--keeper] | remove DEVICE | rename DEVICE LABEL | role DEVICE keeper|device | accept]',

	// Last seen, and other roles. `when`: day and time.
	lastSeen: (when: string) => `最後の接続 ${when}`,
	madeRole: {
		keeper: (label: string) => `キーパーになりました: ${label}`,
		device: (label: string) => `キーパーではなくなりました: ${label}`,
	},
	askRole: {
		keeper: (label: string) =>
			`${label} をキーパーにしますか。デバイスの追加や削除ができなくなり、他のデバイスが持つものを手放します。`,
		device: (label: string) =>
			`${label} を通常のデバイスにしますか。デバイスの追加や削除ができ、何も手放さなくなります。`,
	},
	makeIt: '変更する',

	// A list that is not the known one, once somebody has looked into it.
	alarmHint: '確かめたら t を押してください。',
	differences: {
		missing: (label: string) => `サーバーの一覧にない: ${label}`,
		there: (label: string) => `サーバーの一覧だけにある: ${label}`,
		'other-role': (label: string) => `サーバーの一覧では役割が違う: ${label}`,
	},
	noDifference: 'サーバーの一覧のデバイスは同じですが、経緯が違います',
	otherFounder:
		'サーバーの一覧は別の鍵から始まるか、このデバイスを含んでいないため、受け入れられません。サーバーの管理者に尋ねてください',
	askAccept:
		'これからサーバーの一覧を受け入れますか。違う理由が分からないときは、先にサーバーの管理者に尋ねてください。',
	askAcceptYes: 'これからサーバーの一覧を受け入れますか。はい か yes と入力: ',
	askLooked: (name: string) => `${name} が別の一覧を見た理由は分かりましたか。分かったなら、もう知らせません。`,
	askLookedYes: (name: string) => `${name} が別の一覧を見た理由は分かりましたか。はい か yes と入力: `,
	acceptIt: '分かった',
	accepted: 'デバイスの一覧を今のまま受け入れました',
	notAccepted: '何も受け入れていません。警告は残ります',
	nothingToAccept: '受け入れるものはありません。デバイスの一覧は知っているものと同じです',

	// What a new device gets. Lines, but for the last.
	copying: (label: string) => `今あるものを ${label} に送っています。すべて届くまで待ちます。Ctrl-C で待つのをやめます`,
	copied: (label: string) => `すべて届きました: ${label}`,
	notCopied: (label: string) => `まだ残りがあります。${label} は、ほかのデバイスが動いている間に残りを受け取ります`,
	copiesWhileOn: 'この simchat が動いている間に、今あるものを受け取ります。',
};
