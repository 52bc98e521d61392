// What stands with messages in a conversation.
export const conversation = {
	quoted: (text: string) => `“${text}”`,
	edited: '已编辑',
	notHere: '不在此处的消息',
	deleted: '已被发送者删除',
	devices: (name: string, count: number) => `${name} 现在使用 ${count} 台设备`,
	newMessages: (count: number) => `新消息 ${count}`,
	moreLines: (count: number) => `还有 ${count} 行`,
	moreLinesEnter: (count: number) => `还有 ${count} 行：Enter 展开`,
	failed: {
		'identity-changed': '身份密钥已变更：/verify 或 /trust，再 /retry',
		blocked: '已屏蔽：/block 取消屏蔽，再 /retry',
		cancelled: '已撤回：/retry 发送',
		refused: '对方的 simchat 无法读取',
	},
	replyingTo: (name: string) => `回复 ${name}`,
	replyingToOwn: '回复自己的消息',
	editing: '编辑中',
	escCancels: 'Esc 取消',
	enterSavesEscCancels: 'Enter 保存 · Esc 取消',
};
