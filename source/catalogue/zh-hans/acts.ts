// What a contact did, in the log of `tail`. A line each; `name` is the contact's.
export const acts = {
	edited: (name: string, text: string) => `${name} 编辑了一条消息：${text}`,
	deleted: (name: string) => `${name} 删除了一条消息`,
	reacted: (name: string, emoji: string) => `${name} 用 ${emoji} 回应`,
	reactionGone: (name: string) => `${name} 撤回了回应`,
	timer: (name: string, seconds: number) => `${name} 设置消息在已读 ${seconds} 秒后消失`,
	timerOff: (name: string) => `${name} 设置消息不再消失`,
	pinned: (name: string) => `${name} 置顶了一条消息`,
	unpinned: (name: string) => `${name} 取消了置顶`,
	/** What became of a file that was offered. */
	files: {
		accepted: (name: string) => `${name} 接收文件`,
		declined: (name: string) => `${name} 不接收文件`,
		received: (name: string) => `${name} 已收到文件`,
		stopped: (name: string) => `${name} 停止了文件传输`,
	},
};
