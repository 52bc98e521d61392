// What is told of this machine's disk and of standard output. It follows `simchat: `.
export const output = {
	cannotWrite: (code: string, advice: string) => `die Standardausgabe nimmt nichts an (${code}): ${advice}`,
	nobodyReads: 'niemand liest sie mehr',
	makeRoom: 'Platz schaffen oder anderswohin schreiben',
};
