// What goes wrong with a bot. It follows `simchat: `.
export const bots = {
	noFile: (file: string) => `le fichier ${file} n’existe pas`,
	noFunction: (file: string) => `${file} n’est pas un bot : son export par défaut doit être une fonction`,
	failed: (file: string, error: string) => `le bot ${file} a échoué : ${error}`,
	goesOn: (seconds: number) => `le bot devait s’arrêter, et ne l’a pas fait après ${seconds} s`,
};
