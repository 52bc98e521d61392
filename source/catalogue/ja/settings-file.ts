// What is wrong with a value in settings.json, for whoever edited it. `field`: its name there.
export const settingsFile = {
	type: (field: string, type: string) => `${field} は${type}にしてください`,
	types: {
		string: '文字列',
		boolean: ' true か false ',
		array: '単語のリスト',
		object: 'オブジェクト',
		record: 'オブジェクト',
	},
	oneOf: (field: string, values: string) => `${field} は次のいずれかにしてください: ${values}`,
	empty: (field: string) => `${field} は空にできません`,
	longText: (field: string, most: number) => `${field} は ${most} 文字までです`,
	manyWords: (field: string, most: number) => `${field} は ${most} 語までです`,
	manyEntries: (field: string, most: number) => `${field} は ${most} 項目までです`,
	small: (field: string, least: number) => `${field} は ${least} 以上にしてください`,
	large: (field: string, most: number) => `${field} は ${most} 以下にしてください`,
	path: (field: string) => `${field} はルートからのパス (/…) か、空にしてください`,
	noSuch: (field: string, name: string, known: string) => `${field} に ${name} はありません。使えるもの: ${known}`,
	names: (field: string, most: number) => `${field} の各名前は 1〜${most} 文字です`,
};
