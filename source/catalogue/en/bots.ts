// What goes wrong with a bot. It follows `simchat: `.
export const bots = {
	noFile: (file: string) => `there is no file ${file}`,
	noFunction: (file: string) => `${file} is no bot: its default export is to be a function`,
	/** `error`: with where in the bot it was. */
	failed: (file: string, error: string) => `the bot ${file} has failed: ${error}`,
	goesOn: (seconds: number) => `the bot was told to end, and has not after ${seconds} s`,
};
