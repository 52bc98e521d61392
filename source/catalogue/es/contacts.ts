// The list of contacts, and names of the directory.
export const contacts = {
	addSomebody: '/add NOMBRE',
	nobody: 'nadie',
	typeToFilter: 'filtrar…',
	directory: (prefix: string) => `Directorio: ${prefix}…`,
	directoryFirst: (prefix: string) => `Directorio: ${prefix}… (los primeros de muchos)`,
	directoryAll: 'Directorio',
	directoryAllFirst: 'Directorio (los primeros de muchos)',
	directoryHint: '↑ ↓ elegir · Enter añade · Esc cierra',
};
