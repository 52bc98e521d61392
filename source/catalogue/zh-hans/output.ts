// What is told of this machine's disk and of standard output. It follows `simchat: `.
export const output = {
	cannotWrite: (code: string, advice: string) => `无法写入标准输出 (${code})，${advice}`,
	nobodyReads: '已没有程序读取',
	makeRoom: '请腾出空间，或写到别处',
};
