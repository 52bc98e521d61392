// What is told of this machine's disk and of standard output. It follows `simchat: `.
export const output = {
	cannotWrite: (code: string, advice: string) => `標準出力に書き込めません (${code})。${advice}`,
	nobodyReads: '読み手がもういません',
	makeRoom: '空きを作るか、別の場所に出力してください',
};
