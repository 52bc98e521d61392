// What is wrong with a value in settings.json, for whoever edited it. `field`: its name there.
export const settingsFile = {
	/** `type`: one of `types`. */
	type: (field: string, type: string) => `${field} must be ${type}`,
	types: {
		string: 'a text',
		boolean: 'true or false',
		array: 'a list of words',
		object: 'an object',
		record: 'an object',
	},
	/** `values`: with commas between them. */
	oneOf: (field: string, values: string) => `${field} must be one of ${values}`,
	empty: (field: string) => `${field} must not be empty`,
	longText: (field: string, most: number) => `${field} must have at most ${most} characters`,
	manyWords: (field: string, most: number) => `${field} must have at most ${most} words`,
	manyEntries: (field: string, most: number) => `${field} must have at most ${most} entries`,
	small: (field: string, least: number) => `${field} must not be less than ${least}`,
	large: (field: string, most: number) => `${field} must not be more than ${most}`,
	path: (field: string) => `${field} must be a path from the root on (/…), or empty`,
	/** A name that is not known there. `known`: those that are, with commas between them. */
	noSuch: (field: string, name: string, known: string) => `${field} has no ${name}, only ${known}`,
	names: (field: string, most: number) => `each name in ${field} must have 1 to ${most} characters`,
};
