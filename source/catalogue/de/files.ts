// The files of a profile. Errors follow `simchat: ` and say what to do next. `why`: the system's code, such as ENOSPC.
export const files = {
	unknownReason: 'unbekannter Grund',
	diskFull: 'der Datenträger ist voll',
	cannotReplace: (file: string, why: string) =>
		`${file} lässt sich nicht schreiben (${why}): Platz schaffen oder beschreibbar machen; die alte Datei bleibt`,
	cannotWrite: (file: string, why: string) =>
		`${file} lässt sich nicht schreiben (${why}): Platz schaffen oder beschreibbar machen; das Bisherige bleibt`,
	cannotCopy: (file: string, why: string) =>
		`${file} lässt sich nicht schreiben (${why}): Platz schaffen oder einen anderen Ordner wählen; das Original bleibt`,
	cannotTrace: (file: string, why: string) =>
		`das Protokoll lässt sich nicht nach ${file} schreiben: ${why}. SIMCHAT_TRACE auf eine beschreibbare Datei setzen oder weglassen`,
	newer: (file: string) => `${file} wurde von einem neueren simchat geschrieben: dieses hier aktualisieren`,
	busy: (folder: string) =>
		`ein anderes simchat benutzt ${folder}: jenes verwenden oder mit --profile einen anderen Ordner wählen`,
	noProfile: (folder: string, why: string) =>
		`${folder} geht nicht als Profil (${why}): zu einem beschreibbaren Ordner machen oder mit --profile einen anderen wählen`,
	historyDamaged: (file: string) =>
		`${file} ist beschädigt und wurde so gelassen: durch eine Kopie ersetzen, oder wegräumen, um ohne den bisherigen Verlauf weiterzumachen`,
	settingsDamaged: (file: string) =>
		`${file} ist beschädigt und wurde so gelassen: durch eine Kopie ersetzen oder von Hand reparieren; ohne sie kennt das Profil sein Konto nicht`,
	settingWrong: (file: string, wrong: string) => `${file}: ${wrong}; dort berichtigen oder entfernen`,
	vaultThere: (file: string) => `${file} ist schon da: darin ist ein Identitätsschlüssel`,
	vaultDamaged: (file: string) =>
		`${file} ist beschädigt und wurde so gelassen: durch eine Kopie ersetzen. Ohne Kopie ist der Identitätsschlüssel verloren: den Admin des Servers bitten, das Konto zurückzusetzen, und mit --profile in einem neuen Ordner registrieren`,
	vaultUnreadable: (file: string, why: string) =>
		`${file} lässt sich nicht lesen (${why}): durch eine Kopie ersetzen; darin ist der Identitätsschlüssel dieses Geräts`,
	vaultFull: (most: number) => `der Tresor kennt ${most} Personen und ist voll`,
	copyDamaged: (fault: string) => `die Kopie ist beschädigt (${fault}): eine andere verwenden`,
	notEmptyForCopy: (folder: string) =>
		`${folder} ist nicht leer und wurde so gelassen: eine Kopie kommt in einen eigenen Ordner`,
	notEmptyForProfile: (folder: string) =>
		`${folder} ist nicht leer und wurde so gelassen: eine Kopie wird ein eigenes Profil: mit --profile einen anderen Ordner wählen`,
};
