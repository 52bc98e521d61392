// What is wrong with a value in settings.json, for whoever edited it. `field`: its name there.
export const settingsFile = {
	type: (field: string, type: string) => `${field} debe ser ${type}`,
	types: {
		string: 'un texto',
		boolean: 'true o false',
		array: 'una lista de palabras',
		object: 'un objeto',
		record: 'un objeto',
	},
	oneOf: (field: string, values: string) => `${field} debe ser uno de estos valores: ${values}`,
	empty: (field: string) => `${field} no debe estar vacío`,
	longText: (field: string, most: number) => `${field} debe tener como máximo ${most} caracteres`,
	manyWords: (field: string, most: number) => `${field} debe tener como máximo ${most} palabras`,
	manyEntries: (field: string, most: number) => `${field} debe tener como máximo ${most} entradas`,
	small: (field: string, least: number) => `${field} no debe ser menor que ${least}`,
	large: (field: string, most: number) => `${field} no debe ser mayor que ${most}`,
	path: (field: string) => `${field} debe ser una ruta desde la raíz (/…), o quedar vacío`,
	noSuch: (field: string, name: string, known: string) => `${field} no tiene ${name}, solo ${known}`,
	names: (field: string, most: number) => `cada nombre de ${field} debe tener de 1 a ${most} caracteres`,
};
