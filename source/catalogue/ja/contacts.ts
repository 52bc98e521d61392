// The list of contacts, and names of the directory.
export const contacts = {
	addSomebody: '/add NAME',
	nobody: '該当なし',
	typeToFilter: '入力で絞り込み',
	directory: (prefix: string) => `ディレクトリ: ${prefix}…`,
	directoryFirst: (prefix: string) => `ディレクトリ: ${prefix}… (先頭の一部)`,
	directoryAll: 'ディレクトリ',
	directoryAllFirst: 'ディレクトリ (先頭の一部)',
	directoryHint: '↑ ↓ 選択 · Enter 追加 · Esc 閉じる',
};
