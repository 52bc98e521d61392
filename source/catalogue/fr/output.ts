// What is told of this machine's disk and of standard output. It follows `simchat: `.
export const output = {
	cannotWrite: (code: string, advice: string) => `impossible d’écrire sur la sortie standard (${code}) : ${advice}`,
	nobodyReads: 'plus personne ne la lit',
	makeRoom: 'libérez de la place, ou écrivez ailleurs',
};
