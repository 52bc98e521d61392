// How files between people stand, in the conversation and beside it. States, without a capital letter and a stop.

export const offeredFiles = {
	sizes: {
		B: (number: string) => `${number} B`,
		kB: (number: string) => `${number} kB`,
		MB: (number: string) => `${number} MB`,
		GB: (number: string) => `${number} GB`,
		TB: (number: string) => `${number} TB`,
	},
	rate: (size: string) => `${size}/s`,
	percent: (share: string) => `${share}%`,
	left: (duration: string) => `还需${duration}`,
	theirs: {
		offered: '可接收：/get',
		offeredEnter: 'Enter 接收，x 拒绝',
		waiting: (name: string) => `正在等待 ${name} 的设备`,
		checking: '已全部到达，正在校验',
		saved: (path: string) => `已保存为 ${path}`,
		received: '已接收',
		declined: '已拒绝',
	},
	ours: {
		offered: '已提供',
		accepted: (name: string) => `${name} 要接收`,
		received: (name: string) => `${name} 已收到`,
		declined: (name: string) => `${name} 已拒绝`,
	},
	stopped: '已停止',
	stoppedBy: (name: string) => `${name} 已停止发送`,
	drop: (file: string, size: string) => `发送 ${file}（${size}）吗？`,
	dropMany: (count: number, size: string) => `发送 ${count} 个文件（${size}）吗？`,
	dropKeys: 'Enter 发送 · Esc 作为文本',
	line: (file: string, size: string, state: string) => `${file}，${size}：${state}`,
};
