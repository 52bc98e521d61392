// What is wrong with a value in settings.json, for whoever edited it. `field`: its name there.
export const settingsFile = {
	type: (field: string, type: string) => `${field} doit être ${type}`,
	types: {
		string: 'un texte',
		boolean: 'true ou false',
		array: 'une liste de mots',
		object: 'un objet',
		record: 'un objet',
	},
	oneOf: (field: string, values: string) => `${field} doit être l’une de ces valeurs : ${values}`,
	empty: (field: string) => `${field} ne doit pas être vide`,
	longText: (field: string, most: number) => `${field} doit avoir au plus ${most} caractères`,
	manyWords: (field: string, most: number) => `${field} doit avoir au plus ${most} mots`,
	manyEntries: (field: string, most: number) => `${field} doit avoir au plus ${most} entrées`,
	small: (field: string, least: number) => `${field} ne doit pas être inférieur à ${least}`,
	large: (field: string, most: number) => `${field} ne doit pas dépasser ${most}`,
	path: (field: string) => `${field} doit être un chemin depuis la racine (/…), ou vide`,
	noSuch: (field: string, name: string, known: string) => `${field} n’a pas de ${name}, seulement ${known}`,
	names: (field: string, most: number) => `chaque nom dans ${field} doit avoir de 1 à ${most} caractères`,
};
