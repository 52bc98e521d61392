// What `doctor` finds: for each thing a label, how it stands, and what a person can do about it (`…Step`).
export const doctor = {
	/** At most 12 cells. */
	labels: {
		directory: 'ディレクトリ',
		udp: 'UDP',
		address: 'アドレス',
		port: 'UDP ポート',
		router: 'ルーター',
		ipv6: 'IPv6',
		interfaces: 'ネットワーク',
		keepalive: '接続維持',
		clock: '時計',
		nextStep: '次の対処',
	},
	grades: {good: '正常', warning: '注意', bad: '異常', plain: ''},

	directoryReached: '接続し、サインイン済み',
	directoryStates: {'signed-out': '未サインイン', connecting: '接続中'},
	directoryWait: '少しお待ちください',
	directoryStep:
		'ネットワークを確認するか、管理者に相談してください。すでにセッションのある相手とはそのまま会話できます',

	udpUnknown: 'ディレクトリなしでは不明',
	udpSilent: '送信可、ディレクトリからの返信なし',
	udpSilentStep:
		'ここのファイアウォールが UDP を破棄している可能性があります。ディレクトリのポートと連絡先への UDP を許可するか、別のネットワークを試してください',
	seenAs: (address: string) => `送受信可。外からは ${address}`,
	reflectorSees: (reflector: string, address: string) => `${reflector} からは ${address}`,
	reflectorSilent: (reflector: string) => `${reflector} は応答なし`,
	reflectorSilentStep: (reflector: string) =>
		`${reflector} への UDP を許可してください。応答が 2 つあれば NAT の動作がわかります`,

	addressUnknown: 'UDP の応答がないと不明',
	addressOwn: 'このマシン自身のもの (変換なし)',
	translated: {
		same: '変換あり (NAT)、どの宛先にも同じポート',
		varies: '変換あり (NAT)、宛先ごとに別のポート',
		unknown: '変換あり (NAT)。常に同じポートかは、ディレクトリの応答が 2 つ必要',
	},
	translatedLetIn: (translated: string) => `${translated}。ただしルーターは連絡先からの通信を許可`,
	translatedStep:
		'双方の NAT がこの動作だと経路ができません。ルーターで PCP か NAT-PMP を有効にするか、UDP ポートを転送して --port で指定するか、IPv6 を使ってください',

	portNone: 'なし',
	portOther: (port: number, kept: number) => `今回は ${port}。${kept} は別のプログラムが使用中`,
	portOtherStep: (kept: number) =>
		`UDP ポート ${kept} を使うプログラムを終了するか、--port で今後のポートを変えてください`,
	portKept: (port: number) => `${port} (毎回同じ)`,
	portForwarded: (port: number, address: string) =>
		`${port} (毎回同じ)。連絡先は ${address} を試行、ルーターでの転送が必要`,
	portClosed: (port: number) => `${port} (毎回同じ)。ルーターで UDP ${port} をこのマシンに転送可`,

	routerNotAsked: '問い合わせなし',
	routerNotAskedHere: '問い合わせなし (ディレクトリはこのマシン上)',
	routerNone: '見つからず、連絡先の許可は依頼なし',
	routerAsking: '連絡先の許可を依頼中',
	routerSilent: 'PCP と NAT-PMP に応答なし',
	routerRefuses: (protocol: string, result: string) => `連絡先の許可を拒否 (${protocol}: ${result})`,
	routerRefusesStep: 'ルーターで PCP か NAT-PMP を許可してください',
	routerMaps: (address: string, protocol: string, time: string) =>
		`${address} で連絡先を許可 (${protocol}、あと ${time})`,
	routerMapsInVain: (address: string, protocol: string, time: string) =>
		`${address} で連絡先を許可 (${protocol}、あと ${time})。ただし別の NAT の内側で、効果なし`,
	routerMapsInVainStep: '外側のルーター、またはプロバイダーのルーターでも連絡先を許可してください',
	refusals: {
		'unsupported version': '未対応のバージョン',
		'not authorized': '権限なし',
		'malformed request': '不正な要求',
		'unsupported opcode': '未対応のオペコード',
		'unsupported option': '未対応のオプション',
		'malformed option': '不正なオプション',
		'network failure': 'ネットワーク障害',
		'no resources': 'リソース不足',
		'unsupported protocol': '未対応のプロトコル',
		'quota exceeded': '割り当て超過',
		'cannot provide external': '外部ポートを提供不可',
		'address mismatch': 'アドレスの不一致',
		'excessive remote peers': '接続先が多すぎる',
		unknown: '不明',
		'short life': '有効期間が短い',
		'no external address': '外部アドレスなし',
	},
	seconds: (count: number) => `${count} 秒`,
	minutes: (count: number) => `${count} 分`,
	hours: (hours: number, minutes: number) => `${hours} 時間 ${minutes} 分`,

	ipv6Untried: 'アドレスあり。ディレクトリに IPv6 がなく未確認',
	ipv6None: 'ここには公開アドレスなし',

	interfacesTold: (hosts: string, told: string) => `${hosts}。連絡先に伝えるもの: ${told}`,
	interfacesUntold: (hosts: string) => `${hosts}。どれも他の人には伝えない`,
	interfacesNone: 'このマシンのみ (外への接続なし)',

	keepalive: (seconds: number) => `無通信 ${seconds} 秒で信号を送信`,
	keepaliveShort: (seconds: number) => `無通信 ${seconds} 秒で信号を送信。ルーターの保持時間が通常より短い`,

	clockUnknown: 'サインイン前は不明',
	clockAgrees: 'ディレクトリと一致',
	clockBehind: (seconds: number) => `ディレクトリより ${seconds} 秒の遅れ`,
	clockAhead: (seconds: number) => `ディレクトリより ${seconds} 秒の進み`,
	clockStep: 'このマシンの時計を合わせてください。それまでは simchat が補正します',

	contact: (presence: string, path: string) => `${presence}、${path}`,
	noPath: '経路はまだなし',
	lookingStep: (name: string) => `少しお待ちください。${name} さんへの経路を探しています`,
	blockedStep: (name: string) =>
		`${name} さんに simchat doctor の実行を頼んでください。書いたものは経路ができるまでここで待ちます`,

	tried: (address: string, times: number, answer: string) => `${address}、試行 ${times} 回: ${answer}`,
	answered: (ms: number) => `${ms} ms で応答`,
	noAnswer: '応答なし',
	noAnswerYet: 'まだ応答なし',
	otherAddresses: '他のポート',
	otherPorts: '相手側の NAT は宛先ごとに別のポート',

	noSession: (name: string, why: string) => `${name} さんとのセッションがありません: ${why}`,
};
