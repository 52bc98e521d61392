// The list of contacts, and names of the directory.
export const contacts = {
	addSomebody: '/add NOM',
	nobody: 'personne',
	typeToFilter: 'filtrer…',
	directory: (prefix: string) => `Annuaire : ${prefix}…`,
	directoryFirst: (prefix: string) => `Annuaire : ${prefix}… (les premiers d’un grand nombre)`,
	directoryAll: 'Annuaire',
	directoryAllFirst: 'Annuaire (les premiers d’un grand nombre)',
	directoryHint: '↑ ↓ choisir · Enter ajoute · Esc ferme',
};
