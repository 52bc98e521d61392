// verify and trust: whether a contact's key is the contact's.
export const identity = {
	warning: (NAME: string, name: string) => [
		`${NAME} 的密钥已变更。`,
		`要么 ${name} 换了设备或重新开始，要么有别人以此名字应答。`,
		`这是新密钥的安全码。请当面或打电话与 ${name} 比对，不要在此聊天中比对。`,
	],
	askSame: (name: string) => `${name} 看到的号码相同吗？相同请输入“是”或 yes: `,
	verified: (name: string) => `${name} 已验证`,
	notVerified: (name: string) => `${name} 未验证。如果号码不同，可能有人在拦截，请不要信任此密钥。`,
	unchanged: (name: string) => `${name} 的密钥没有变更，无需决定`,
	askTrust: (name: string) => `不比对就接受 ${name} 的新密钥吗？接受请输入“是”或 yes: `,
	trusted: (name: string) => `已接受 ${name} 的新密钥，尚未验证`,
	notTrusted: (name: string) => `没有接受 ${name} 的新密钥，接受之前无法向 ${name} 发送任何内容`,
	unknown: (name: string) => `还不知道 ${name} 的密钥，请先互发一条消息`,
	noTerminal: '没有终端可供确认，比对号码后请加 --yes',
};
