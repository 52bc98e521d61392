// What goes wrong with a bot. It follows `simchat: `.
export const bots = {
	noFile: (file: string) => `ファイルがありません: ${file}`,
	noFunction: (file: string) => `${file} はボットではありません。default export を関数にしてください`,
	failed: (file: string, error: string) => `ボット ${file} が失敗しました: ${error}`,
	goesOn: (seconds: number) => `ボットに終了を求めましたが、${seconds} 秒たっても終了していません`,
};
