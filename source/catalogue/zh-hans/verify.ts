// The safety number, to be compared by two people.
export const verify = {
	title: (name: string) => `与 ${name} 的安全码`,
	hint: '↑ ↓ 选择 · Enter 确定 · Esc 关闭',
	escCloses: 'Esc 关闭',
	noNumber: (name: string) => `第一条消息之前没有安全码，请先给 ${name} 发消息。`,
	notYet: '尚未比对',
	match: '一致：将密钥标为已验证',
	tooSmall: '请放大窗口后再作答。',
	advice: (name: string) =>
		`请当面或打电话读给 ${name} 听，或让对方读给你听。一致：没有人在拦截。不一致：可能有人在拦截，请不要在这里写任何内容。`,
	adviceWithCode: (name: string) =>
		`请当面或打电话读给 ${name} 听，或让对方读给你听，或扫描对方屏幕上的码。一致：没有人在拦截。不一致：可能有人在拦截，请不要在这里写任何内容。`,
};
