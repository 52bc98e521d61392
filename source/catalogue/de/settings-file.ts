// What is wrong with a value in settings.json, for whoever edited it. `field`: its name there.
export const settingsFile = {
	type: (field: string, type: string) => `${field} muss ${type} sein`,
	types: {
		string: 'ein Text',
		boolean: 'true oder false',
		array: 'eine Liste von Wörtern',
		object: 'ein Objekt',
		record: 'ein Objekt',
	},
	oneOf: (field: string, values: string) => `${field} muss eines von diesen sein: ${values}`,
	empty: (field: string) => `${field} darf nicht leer sein`,
	longText: (field: string, most: number) => `${field} darf höchstens ${most} Zeichen haben`,
	manyWords: (field: string, most: number) => `${field} darf höchstens ${most} Wörter haben`,
	manyEntries: (field: string, most: number) => `${field} darf höchstens ${most} Einträge haben`,
	small: (field: string, least: number) => `${field} darf nicht kleiner als ${least} sein`,
	large: (field: string, most: number) => `${field} darf nicht größer als ${most} sein`,
	path: (field: string) => `${field} muss ein Pfad von der Wurzel an sein (/…), oder leer`,
	noSuch: (field: string, name: string, known: string) => `${field} hat kein ${name}, nur ${known}`,
	names: (field: string, most: number) => `jeder Name in ${field} muss 1 bis ${most} Zeichen haben`,
};
