// search, export, forget, check, backup and restore.
export const history = {
	noMessages: (name: string) => `${name} さんとのメッセージはありません。何も削除していません`,
	askForget: (count: number, name: string) =>
		`${name} さんとのメッセージ ${count} 件をこのディスクから完全に削除しますか？ 削除するなら「はい」か yes: `,
	noTerminal: '確認できる端末がありません。削除するには --yes を付けてください',
	notForgotten: '何も削除していません',
	forgotten: (count: number, name: string) => `${name} さんとのメッセージ ${count} 件を削除しました`,
	sound: '履歴に異常はありません',
	damaged: '履歴が破損しています。バックアップを置いてください',
	damagedPage: (page: number) => `ページ ${page} が破損しています`,
	cannotWrite: (file: string, why: string) => `${file} に書き込めません: ${why}`,
	fileThere: 'すでにあります。別の名前にするか、--force を付けてください',
	copied: (folder: string) => `${folder} にコピーしました`,
	restored: (folder: string) => `${folder} に復元しました`,
};
