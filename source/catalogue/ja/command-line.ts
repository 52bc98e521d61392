// What is wrong with a command line, and what to type instead. It follows `simchat: `.
export const commandLine = {
	noCommand: (word: string, commands: string) =>
		`${word} というコマンドはありません。次のいずれかを指定してください: ${commands}`,
	noTerminal: (commands: string) =>
		`端末がないと全画面クライアントは使えません。--linear か、次のいずれかを指定してください: ${commands}`,
	flagNotFor: (flag: string, command: string) => `${flag} は ${command} では使えません。外してください`,
	flagNotForScreen: (flag: string) => `${flag} は全画面クライアントでは使えません。外してください`,
	flagNotForLines: (flag: string) => `${flag} は行モードでは使えません。外してください`,
	noFlag: (flag: string) =>
		`${flag} というオプションはありません。外すか、ダッシュで始まる文の前に -- を置いてください`,
	flagTwice: (flag: string) => `オプション ${flag} は 1 回だけ指定できます。`,
	noValue: (flag: string) => `${flag} には値が必要です`,
	password:
		'コマンドラインのパスワードは、このマシンの全員に見えます。--password を外して求められたときに入力するか、SIMCHAT_PASSWORD を設定するか、--password-stdin を使ってください',
	usage: (form: string) => `使い方: ${form}`,
	tooMany: (command: string, words: string, surplus: string) =>
		`${command} の引数は ${words} です。${surplus} を外してください`,
	noWords: (command: string, surplus: string) => `${command} に引数はありません。${surplus} を外してください`,
	noName: (command: string) =>
		`${command} には名前が必要です: simchat ${command} LINK --name NAME (招待付きリンクには名前が含まれます)`,
	shell: (shells: string) => `completion には次のいずれかを指定してください: ${shells}`,
	wait: (most: number) => `--wait には 0〜${most} の秒数を指定してください`,
	since:
		'--since には日付 (2026-11-03)、時刻 (2026-11-03T09:30、別の地域のものなら Z や +01:00 付き)、1970 年からのミリ秒、またはメッセージの ID を指定してください',
	duration: '時間は 30s、5m、1h、1d、1w のような数と単位、または off です',
	port: (most: number) => `--port には 1〜${most} の UDP ポートを指定してください`,
	limit: (most: number) => `--limit には 1〜${most} のメッセージ数を指定してください`,
	seeHelp: '詳しくは simchat --help',
	longLine: (most: number) => `標準入力の 1 行が ${most} 文字を超えています`,
	longInput: (most: number) => `標準入力が ${most} 文字を超えています`,
	notText: '標準入力が UTF-8 のテキストではありません',
};
