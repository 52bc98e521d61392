// The keeper: the lines of its log, what it says of itself, and what is wrong with its options.
export const keeper = {
	full: (most: number) => `历史记录已达到 --max-size 允许的 ${most} MB：不再接收，有空间后已发送的内容会再次到达`,
	log: {
		starts: {
			all: '启动；保留全部',
			fetched: '启动；保留收到的内容，直到其他设备都有',
			days: (days: number) => `启动；其他设备都有的内容保留 ${days} 天，其余保留到它们都有为止`,
		},
		joined: '此设备已加入账号',
		notKeeper: '设备日志中此设备不是守护设备，因此保留全部：请用 simchat devices add --keeper 添加守护设备',
		signedIn: '已登录',
		came: (count: number) => `收到：${count}`,
		handedOn: (count: number) => `已转交：${count}`,
		told: (count: number) => `来自自己的设备：${count}`,
		letGo: (count: number) => `其他设备都有，已在此删除：${count}`,
		disk: '磁盘无法写入：收到的内容不予确认，有空间后会再次到达',
		diskWell: '磁盘又可写入',
		room: '历史记录又有空间',
		signsOff: '正在登出',
	},
	status: {
		since: (time: string) => `自 ${time} 起运行`,
		contacts: (count: number, there: number) => `联系人：${count}，在线：${there}`,
		devices: (count: number, there: number) => `其他设备：${count}，在线：${there}`,
		holds: (messages: number, waiting: number) => `消息：${messages}，待送达：${waiting}`,
		size: (size: string) => `历史记录：${size} MB`,
		sizeOf: (size: string, most: number) => `历史记录：${size} MB，上限 ${most} MB`,
	},
	noneRuns: (folder: string) => `${folder} 没有正在运行的守护设备：请用 simchat keep 启动`,
	otherProcess: '打开此配置的 simchat 不是守护设备：请结束它，再启动 simchat keep',
	hold: (most: number) => `--hold 可取 all、until-fetched 或 1 到 ${most} 的天数`,
	maxSize: (most: number) => `--max-size 的单位是 MB，从 1 到 ${most}`,
	noPasswordFile: (file: string, why: string) =>
		`无法从 ${file} 读取密码（${why}）：请使其可读，或用 --password-file 指定其他文件`,
	emptyPasswordFile: (file: string) => `${file} 的第一行是密码，但它是空的`,
	noNotify: (why: string) => `无法告知 systemd（${why}）：请安装 systemd-notify，或使用不带 watchdog 的 Type=exec`,
};
