// The files of a profile. Errors follow `simchat: ` and say what to do next. `why`: the system's code, such as ENOSPC.
export const files = {
	unknownReason: '原因不明',
	diskFull: '磁盘已满',
	cannotReplace: (file: string, why: string) => `无法写入 ${file} (${why})，请腾出空间或改为可写；旧文件保持不变`,
	cannotWrite: (file: string, why: string) => `无法写入 ${file} (${why})，请腾出空间或改为可写；原有内容保持不变`,
	cannotCopy: (file: string, why: string) => `无法写入 ${file} (${why})，请腾出空间或另选文件夹；原件保持不变`,
	cannotTrace: (file: string, why: string) =>
		`无法把跟踪记录写入 ${file}: ${why}。请把 SIMCHAT_TRACE 设为可写的文件，或去掉它`,
	newer: (file: string) => `${file} 由更新版本的 simchat 写成，请更新此版本`,
	busy: (folder: string) => `另一个 simchat 正在使用 ${folder}，请使用那一个，或用 --profile 另选文件夹`,
	noProfile: (folder: string, why: string) =>
		`无法把 ${folder} 用作用户配置 (${why})，请改为可写的文件夹，或用 --profile 另选一个`,
	historyDamaged: (file: string) => `${file} 已损坏，未作改动，请用备份替换；或将它移走，不带聊天内容继续`,
	settingsDamaged: (file: string) =>
		`${file} 已损坏，未作改动，请用备份替换，或手动修复；没有它，用户配置就不知道自己的账号`,
	settingWrong: (file: string, wrong: string) => `${file}: ${wrong}；请在文件中改正，或删除该项`,
	vaultThere: (file: string) => `${file} 已存在，其中有身份密钥`,
	vaultDamaged: (file: string) =>
		`${file} 已损坏，未作改动，请用备份替换。没有备份，身份密钥就丢失了：请向服务器管理员申请重置，并用 --profile 在新文件夹中注册`,
	vaultUnreadable: (file: string, why: string) => `无法读取 ${file} (${why})，请用备份替换；其中有此设备的身份密钥`,
	vaultFull: (most: number) => `密钥库最多记录 ${most} 人，已满`,
	copyDamaged: (fault: string) => `备份已损坏 (${fault})，请使用另一份`,
	notEmptyForCopy: (folder: string) => `${folder} 不是空的，未作改动，备份须放在单独的文件夹中`,
	notEmptyForProfile: (folder: string) =>
		`${folder} 不是空的，未作改动，备份会成为单独的用户配置，请用 --profile 另选文件夹`,
};
