// The way to a contact: how it goes, why there is none, and what can be done about that.
export const path = {
	seconds: (count: number) => `${count} 秒`,
	lan: 'LAN',
	direct: '直接',
	measured: (way: string, ms: number) => `${way} · ${ms} ms`,
	looking: '経路を探索中',
	lookingFor: (time: string) => `経路を探索中 (${time})`,
	again: (last: string) => `${last} (再試行中)`,
	noWay: (why: string) => `経路なし: ${why}`,
	blocked: (why: string) => `接続不可: ${why}`,
	reasons: {
		udpBlocked: 'ここでは UDP が通らない',
		nowhere: (name: string) => `${name} さんの UDP がサーバーに届かない`,
		bothVary: '双方の NAT がポートを変える',
		unanswered: (name: string) => `${name} さんから確認信号の応答がない`,
		families: (name: string, theirs: string, ours: string) => `${name} さんは ${theirs} のみ、自分は ${ours} のみ`,
	},
	obstacles: {
		downgraded: '双方の対応より弱い暗号をディレクトリが要求した',
		unavailable: 'ディレクトリがまだ仲介できない',
		unanswered: '相手のどのアドレスからも応答がない',
		violation: '相手側がプロトコルに違反した',
		dead: '相手側が応答しなくなった',
		overdue: '相手側の鍵が期限までに更新されなかった',
		useless: (flaw: string) => `相手側の応答を使えない (${flaw})`,
	},
	waysOut: {
		udpBlocked:
			'このネットワークから UDP を出せるようにするか (ファイアウォールが破棄しています)、スマートフォン経由など別のネットワークを試してください',
		nowhere: (name: string) =>
			`${name} さんに simchat doctor の実行を頼んでください。相手側のファイアウォールが UDP を破棄している可能性があります`,
		bothVary: 'どちらかのルーターで PCP か NAT-PMP を有効にするか、双方で IPv6 を使ってください',
		unanswered: (name: string) =>
			`${name} さんに simchat doctor の実行を頼んでください。どちらかのファイアウォールが UDP を破棄している可能性があります`,
		families: (name: string, theirs: string, ours: string) =>
			`ここで ${theirs} を使うか、${name} さん側で ${ours} を使えるようにしてください。プロバイダーに相談するか、別のネットワークを試してください`,
	},
	/** Whole texts have at most 22 cells, with `不通: ` in front. */
	short: {
		looking: '探索中',
		lookingFor: (time: string) => `探索中 (${time})`,
		noWay: (why: string) => `不通: ${why}`,
		blocked: '接続不可',
		reasons: {
			'udp-blocked': 'ここで UDP 不可',
			nowhere: '相手で UDP 不可',
			'both-vary': '双方の NAT',
			unanswered: '応答なし',
			families: 'IPv4 か IPv6',
		},
	},
};
