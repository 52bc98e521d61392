// The list of contacts, and names of the directory.
export const contacts = {
	addSomebody: '/add NAME',
	nobody: 'niemand',
	typeToFilter: 'Tippen filtert',
	directory: (prefix: string) => `Verzeichnis: ${prefix}…`,
	directoryFirst: (prefix: string) => `Verzeichnis: ${prefix}… (die ersten von vielen)`,
	directoryAll: 'Verzeichnis',
	directoryAllFirst: 'Verzeichnis (die ersten von vielen)',
	directoryHint: '↑ ↓ wählen · Enter fügt hinzu · Esc schließt',
};
