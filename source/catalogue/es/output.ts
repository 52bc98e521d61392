// What is told of this machine's disk and of standard output. It follows `simchat: `.
export const output = {
	cannotWrite: (code: string, advice: string) => `no se puede escribir en la salida estándar (${code}): ${advice}`,
	nobodyReads: 'ya nadie la lee',
	makeRoom: 'libera espacio, o escribe en otro sitio',
};
