// What `doctor` finds: for each thing a label, how it stands, and what a person can do about it (`…Step`).
export const doctor = {
	/** At most 12 cells. */
	labels: {
		directory: '目录',
		udp: 'UDP',
		address: '地址',
		port: 'UDP 端口',
		router: '路由器',
		ipv6: 'IPv6',
		interfaces: '网络接口',
		keepalive: '保活',
		clock: '时钟',
		nextStep: '下一步',
	},
	grades: {good: '正常', warning: '注意', bad: '异常', plain: ''},

	directoryReached: '已连接并登录',
	directoryStates: {'signed-out': '未登录', connecting: '连接中'},
	directoryWait: '请稍候',
	directoryStep: '检查网络，或询问管理员；与已有会话的联系人仍可聊天',

	udpUnknown: '没有目录则无法得知',
	udpSilent: '能发出，但没有收到目录的应答',
	udpSilentStep: '这里的防火墙可能丢弃了 UDP：请允许发往目录端口和联系人的 UDP，或换个网络',
	seenAs: (address: string) => `收发正常；外部看到的地址是 ${address}`,
	reflectorSees: (reflector: string, address: string) => `${reflector} 看到的是 ${address}`,
	reflectorSilent: (reflector: string) => `${reflector} 没有应答`,
	reflectorSilentStep: (reflector: string) => `请允许发往 ${reflector} 的 UDP：有两个应答才能得知 NAT 的行为`,

	addressUnknown: '没有 UDP 应答则无法得知',
	addressOwn: '这台机器自己的地址，未经转换',
	translated: {
		same: '经过转换 (NAT)，对所有目标用同一端口',
		varies: '经过转换 (NAT)，对每个目标用不同端口',
		unknown: '经过转换 (NAT)；是否始终同一端口，需目录的两个应答',
	},
	translatedLetIn: (translated: string) => `${translated}，但路由器允许联系人进入`,
	translatedStep:
		'双方的 NAT 都这样时找不到路径：请在路由器上启用 PCP 或 NAT-PMP，或转发一个 UDP 端口并用 --port 指定，或使用 IPv6',

	portNone: '没有打开',
	portOther: (port: number, kept: number) => `这次是 ${port}：${kept} 被其他程序占用`,
	portOtherStep: (kept: number) => `结束占用 UDP 端口 ${kept} 的程序，或用 --port 固定改用其他端口`,
	portKept: (port: number) => `${port}，每次启动相同`,
	portForwarded: (port: number, address: string) => `${port}，每次启动相同；联系人会尝试 ${address}，须由路由器转发`,
	portClosed: (port: number) => `${port}，每次启动相同；路由器可把 UDP ${port} 转发到这台机器`,

	routerNotAsked: '未询问',
	routerNotAskedHere: '未询问：目录就在这台机器上',
	routerNone: '没有找到，因此未请求允许联系人进入',
	routerAsking: '正在请求允许联系人进入',
	routerSilent: '对 PCP 和 NAT-PMP 没有应答',
	routerRefuses: (protocol: string, result: string) => `不允许联系人进入 (${protocol}: ${result})`,
	routerRefusesStep: '请在路由器上允许 PCP 或 NAT-PMP',
	routerMaps: (address: string, protocol: string, time: string) =>
		`允许联系人从 ${address} 进入 (${protocol}，还有 ${time})`,
	routerMapsInVain: (address: string, protocol: string, time: string) =>
		`允许联系人从 ${address} 进入 (${protocol}，还有 ${time})，但它位于另一个 NAT 之后，没有用`,
	routerMapsInVainStep: '请让外层路由器或运营商的路由器也允许联系人进入',
	refusals: {
		'unsupported version': '不支持的版本',
		'not authorized': '未授权',
		'malformed request': '请求格式错误',
		'unsupported opcode': '不支持的操作码',
		'unsupported option': '不支持的选项',
		'malformed option': '选项格式错误',
		'network failure': '网络故障',
		'no resources': '资源不足',
		'unsupported protocol': '不支持的协议',
		'quota exceeded': '超出配额',
		'cannot provide external': '无法提供外部端口',
		'address mismatch': '地址不匹配',
		'excessive remote peers': '远程对端过多',
		unknown: '未知',
		'short life': '有效期过短',
		'no external address': '没有外部地址',
	},
	seconds: (count: number) => `${count} 秒`,
	minutes: (count: number) => `${count} 分钟`,
	hours: (hours: number, minutes: number) => `${hours} 小时 ${minutes} 分钟`,

	ipv6Untried: '有地址；目录没有 IPv6，无法试用',
	ipv6None: '这里没有公网地址',

	interfacesTold: (hosts: string, told: string) => `${hosts}；告知联系人的是 ${told}`,
	interfacesUntold: (hosts: string) => `${hosts}；都不告知他人`,
	interfacesNone: '只有这台机器，没有通往外部的接口',

	keepalive: (seconds: number) => `静默 ${seconds} 秒后发送保活包`,
	keepaliveShort: (seconds: number) => `静默 ${seconds} 秒后发送保活包：路由器的保持时间比一般的短`,

	clockUnknown: '登录前无法得知',
	clockAgrees: '与目录一致',
	clockBehind: (seconds: number) => `比目录慢 ${seconds} 秒`,
	clockAhead: (seconds: number) => `比目录快 ${seconds} 秒`,
	clockStep: '请调准这台机器的时钟；在此之前 simchat 会自行校正',

	contact: (presence: string, path: string) => `${presence}；${path}`,
	noPath: '还没有路径',
	lookingStep: (name: string) => `请稍候，正在寻找到 ${name} 的路径`,
	blockedStep: (name: string) => `请 ${name} 运行 simchat doctor；你写的内容会留在这里，直到有路径`,

	tried: (address: string, times: number, answer: string) => `${address}，尝试 ${times} 次：${answer}`,
	answered: (ms: number) => `${ms} ms 后应答`,
	noAnswer: '没有应答',
	noAnswerYet: '尚无应答',
	otherAddresses: '其他端口',
	otherPorts: '对方的 NAT 对每个目标用不同端口',

	noSession: (name: string, why: string) => `与 ${name} 没有会话：${why}`,
};
