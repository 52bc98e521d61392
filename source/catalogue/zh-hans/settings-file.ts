// What is wrong with a value in settings.json, for whoever edited it. `field`: its name there.
export const settingsFile = {
	type: (field: string, type: string) => `${field} 必须是${type}`,
	types: {
		string: '文本',
		boolean: ' true 或 false',
		array: '词的列表',
		object: '对象',
		record: '对象',
	},
	oneOf: (field: string, values: string) => `${field} 必须是以下之一：${values}`,
	empty: (field: string) => `${field} 不能为空`,
	longText: (field: string, most: number) => `${field} 最多 ${most} 个字符`,
	manyWords: (field: string, most: number) => `${field} 最多 ${most} 个词`,
	manyEntries: (field: string, most: number) => `${field} 最多 ${most} 项`,
	small: (field: string, least: number) => `${field} 不得小于 ${least}`,
	large: (field: string, most: number) => `${field} 不得大于 ${most}`,
	path: (field: string) => `${field} 须为从根开始的路径 (/…)，或留空`,
	noSuch: (field: string, name: string, known: string) => `${field} 中没有 ${name}，只有 ${known}`,
	names: (field: string, most: number) => `${field} 中每个名字须为 1 到 ${most} 个字符`,
};
