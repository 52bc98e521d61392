// The way to a contact: how it goes, why there is none, and what can be done about that.
export const path = {
	seconds: (count: number) => `${count} 秒`,
	lan: '局域网',
	direct: '直连',
	measured: (way: string, ms: number) => `${way} · ${ms} ms`,
	looking: '正在寻找路径',
	lookingFor: (time: string) => `正在寻找路径 (${time})`,
	again: (last: string) => `${last}，正在重试`,
	noWay: (why: string) => `没有路径：${why}`,
	blocked: (why: string) => `受阻：${why}`,
	reasons: {
		udpBlocked: '这里不通 UDP',
		nowhere: (name: string) => `${name} 的 UDP 到不了服务器`,
		bothVary: '双方的 NAT 都更换端口',
		unanswered: (name: string) => `${name} 不应答探测`,
		families: (name: string, theirs: string, ours: string) => `${name} 只有 ${theirs}，你只有 ${ours}`,
	},
	obstacles: {
		downgraded: '目录要求的加密弱于双方支持的加密',
		unavailable: '目录还无法让双方互相联系',
		unanswered: '对方的所有地址都没有应答',
		violation: '对方违反了协议',
		dead: '对方不再应答',
		overdue: '对方没有及时更新密钥',
		useless: (flaw: string) => `对方的应答无法使用 (${flaw})`,
	},
	waysOut: {
		udpBlocked: '让此网络放行 UDP (防火墙丢弃了它)，或换个网络，例如手机热点',
		nowhere: (name: string) => `请 ${name} 运行 simchat doctor，那边的防火墙可能丢弃了 UDP`,
		bothVary: '在其中一个路由器上启用 PCP 或 NAT-PMP，或双方都使用 IPv6',
		unanswered: (name: string) => `请 ${name} 运行 simchat doctor，其中一方的防火墙可能丢弃了 UDP`,
		families: (name: string, theirs: string, ours: string) =>
			`在这里开通 ${theirs}，或让 ${name} 开通 ${ours}：请询问运营商，或换个网络`,
	},
	/** Whole texts have at most 22 cells. */
	short: {
		looking: '寻找中',
		lookingFor: (time: string) => `寻找中 (${time})`,
		noWay: (why: string) => `无路径：${why}`,
		blocked: '受阻',
		reasons: {
			'udp-blocked': '这里无 UDP',
			nowhere: '对方无 UDP',
			'both-vary': '双方的 NAT',
			unanswered: '没有应答',
			families: 'IPv4 或 IPv6',
		},
	},
};
