// 更改密码，以及接受在另一台设备上更改的密码。
export const password = {
	title: '更改密码',
	fields: {old: '当前', fresh: '新密码', again: '再输一次'},
	hint: 'Enter 继续 · Esc 取消',
	newerHint: 'Enter 采用 · Esc 取消',
	working: '正在由密码计算密钥，并询问服务器。',
	newerIntro: '密码已在另一台设备上更改。请输入新密码：此后这台设备用它打开。',
	changed: '密码已更改：你的其他设备下次登录时需要新密码',
	takenOver: '已采用新密码：这台设备从现在起用它打开',
	elsewhere:
		'这个密码能打开配置，但账号已有另一个密码：它在另一台设备上被更改，或服务器管理员重置了账号。请在这里输入新密码，或运行 simchat password',
	former: '这是账号的新密码，但配置仍用以前的密码打开：请在这里再输入一次以前的密码，或运行 simchat password',
	outOfDate: '密码已在另一台设备上更改：用 /password 或 simchat password 采用新密码',
	askNewer: '新密码（与另一台设备上相同）：',
	askFormer: '这台设备以前的密码：',
	noSecond: '标准输入的第二行是新密码，但它是空的',
	notInLines: '在这里输入的内容会被看到：请另外运行 simchat password',
};
