// What goes wrong with a bot. It follows `simchat: `.
export const bots = {
	noFile: (file: string) => `文件不存在：${file}`,
	noFunction: (file: string) => `${file} 不是机器人：其 default export 须为函数`,
	failed: (file: string, error: string) => `机器人 ${file} 出错：${error}`,
	goesOn: (seconds: number) => `已要求机器人结束，但 ${seconds} 秒后仍未结束`,
};
