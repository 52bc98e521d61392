// Files between people: why one is not offered, and why one does not come.
export const transfers = {
	/** `file`: a path, as it was typed. */
	offers: {
		missing: (file: string) => `没有文件 ${file}，请检查路径`,
		folder: (file: string) => `${file} 是文件夹，请先用 tar 等打包再发送`,
		special: (file: string) => `${file} 不是有内容的文件；管道、套接字和设备无法发送`,
		unreadable: (file: string) => `无法读取 ${file}，请改为可读，或发送另一个文件`,
		changed: (file: string) => `${file} 在读取时有改动，请在没有程序写入时再试`,
	},
	/** Each says what to do. */
	problems: {
		'no-room': '磁盘空间不足，请腾出空间后重新接收',
		folder: '无法写入下载文件夹，请改为可写或在设置 (downloads) 中另选，然后重新接收',
		limit: '文件超过设置中的上限 (fileLimit)，请调高后重新接收',
		changed: '发送方的文件已改动，请对方重新发送',
		unreadable: '发送方无法读取该文件，请对方重新发送',
		missing: '发送方已没有该文件，请对方重新发送',
		damaged: '收到的内容与所发送的不符，请重新接收，或请对方重新发送',
		disk: '磁盘未能写入，请检查磁盘后重新接收',
	},
	/** How a command for files ends. */
	ends: {
		waits: (name: string) => `文件已向 ${name} 发出，对方尚未收齐；simchat 再次运行时会继续`,
		declined: (name: string) => `${name} 不接收文件`,
		stopped: (name: string) => `文件传输已停止；如要 ${name} 收到，请重新发送`,
		comesLater: (name: string) => `文件尚未到达；本机与 ${name} 的 simchat 运行时会自动传来`,
		noOffer: (name: string) => `${name} 没有发来文件`,
	},
	/** An offer, as a line of a log. */
	line: (file: string, bytes: number) => `文件：${file}，${bytes} 字节`,
};
