// What a newcomer is told: sentences.
export const firstMinutes = {
	nobody: [
		'列表中还没有人。',
		'/add NAME 按账号名添加联系人。',
		'/who 显示服务器上的名字。',
		'F1 显示所有按键和命令，按两次 Ctrl-C 退出。',
	] as readonly string[],
	nothingYet: (name: string): readonly string[] => [
		`与 ${name} 还没有聊过。`,
		`输入消息并按 Enter，就会加密发送给 ${name}。`,
		`/verify 显示一个号码，用来比对确认对方真的是 ${name}。`,
		'F1 显示所有按键和命令，按两次 Ctrl-C 退出。',
	],
	tip: '提示',
	message: (name: string) =>
		`✓ 表示已发送，✓✓ 表示已存入 ${name} 的电脑，✓R 表示已读。◷ 表示等待双方都在线。按 Esc 关闭。`,
	unverified: (name: string) =>
		`你还没有验证 ${name}：验证之前，对方是不是 ${name} 只能相信服务器的说法。/verify 显示要比对的号码。按 Esc 关闭。`,
	stranger: (name: string) =>
		`陌生人 ${name} 给你发来消息，左边的 + 就是标记。在你选择 /accept、/block 或 /remove 之前，对方不会知道你的任何情况。按 Esc 关闭。`,
};
