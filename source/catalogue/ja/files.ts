// The files of a profile. Errors follow `simchat: ` and say what to do next. `why`: the system's code, such as ENOSPC.
export const files = {
	unknownReason: '原因不明',
	diskFull: 'ディスクがいっぱいです',
	cannotReplace: (file: string, why: string) =>
		`${file} に書き込めません (${why})。空きを作るか、書き込めるようにしてください。元のファイルはそのままです`,
	cannotWrite: (file: string, why: string) =>
		`${file} に書き込めません (${why})。空きを作るか、書き込めるようにしてください。これまでの内容はそのままです`,
	cannotCopy: (file: string, why: string) =>
		`${file} に書き込めません (${why})。空きを作るか、別のフォルダーを選んでください。元のデータはそのままです`,
	cannotTrace: (file: string, why: string) =>
		`トレースを ${file} に書き込めません: ${why}。SIMCHAT_TRACE に書き込めるファイルを指定するか、外してください`,
	newer: (file: string) => `${file} は新しい simchat で書かれています。この simchat を更新してください`,
	busy: (folder: string) =>
		`別の simchat が ${folder} を使っています。そちらを使うか、--profile で別のフォルダーを選んでください`,
	noProfile: (folder: string, why: string) =>
		`${folder} をプロファイルとして使えません (${why})。書き込めるフォルダーにするか、--profile で別のものを選んでください`,
	historyDamaged: (file: string) =>
		`${file} は破損しています (変更していません)。バックアップを置くか、会話なしで続けるには別の場所に移してください`,
	settingsDamaged: (file: string) =>
		`${file} は破損しています (変更していません)。バックアップを置くか、手で修復してください。これがないとプロファイルのアカウントがわかりません`,
	settingWrong: (file: string, wrong: string) => `${file}: ${wrong}。ファイルを修正するか、その項目を削除してください`,
	vaultThere: (file: string) => `${file} はすでにあります。識別鍵が入っています`,
	vaultDamaged: (file: string) =>
		`${file} は破損しています (変更していません)。バックアップを置いてください。なければ識別鍵は失われます。サーバーの管理者にリセットを依頼し、--profile で新しいフォルダーに登録してください`,
	vaultUnreadable: (file: string, why: string) =>
		`${file} を読めません (${why})。バックアップを置いてください。このデバイスの識別鍵が入っています`,
	vaultFull: (most: number) => `保管庫は ${most} 人分で上限に達しました`,
	copyDamaged: (fault: string) => `コピーが破損しています (${fault})。別のコピーを使ってください`,
	notEmptyForCopy: (folder: string) =>
		`${folder} は空ではありません (変更していません)。コピー先には専用のフォルダーが必要です`,
	notEmptyForProfile: (folder: string) =>
		`${folder} は空ではありません (変更していません)。コピーは別のプロファイルになります。--profile で別のフォルダーを選んでください`,
};
