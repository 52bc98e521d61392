// The way to the server, as commands and the client in lines tell of it. They follow `simchat: `.
export const connection = {
	problems: {
		unreachable: 'サーバーに接続できません',
		timeout: 'サーバーが応答しません',
		closed: 'サーバーとの接続が切れました',
		busy: 'サーバーが混雑しています',
		shutdown: 'サーバーが停止中です',
		protocol: 'サーバーの応答をこのバージョンでは解釈できません',
		displaced: 'このアカウントで別のサインインがありました',
		removed: 'アカウントがなくなりました。管理者に招待を依頼してください',
		'device-removed': 'アカウントの別のデバイスがこのデバイスを外しました',
		credentials: 'パスワードは別の端末で変更されました。/password か simchat password で新しいものを引き継ぎます',
		identity: 'アカウントは別のデバイスに移りました。識別鍵がこのプロファイルのものと違います',
		'server-key': 'サーバーの鍵が違います',
	},
	impersonation: [
		'誰かがサーバーになりすましているおそれがあります。',
		'鍵が交換されたかどうか、サーバーの管理者に直接か電話で確認してください。',
		'交換されていなければ、通信が傍受されています。先に進まないでください。',
	],
	tryingAgain: (problem: string) => `${problem}。自動で再試行します`,
	notReached: 'サーバーにまだ接続していません',
	udpSilent: 'サーバーから UDP の応答がありません',
	clockBehind: (time: string) =>
		`このコンピューターの時計はサーバーより${time}遅れています。simchat は補正しますが、時計を合わせてください`,
	clockAhead: (time: string) =>
		`このコンピューターの時計はサーバーより${time}進んでいます。simchat は補正しますが、時計を合わせてください`,
	days: (count: number) => ` ${count} 日`,
	hours: (count: number) => ` ${count} 時間`,
	minutes: (count: number) => ` ${count} 分`,
};
