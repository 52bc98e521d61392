// Das Passwort ändern, und eines übernehmen, das auf einem anderen Gerät geändert wurde.
export const password = {
	title: 'Passwort ändern',
	fields: {old: 'bisher', fresh: 'neu', again: 'neu, noch einmal'},
	hint: 'Enter weiter · Esc bricht ab',
	newerHint: 'Enter übernimmt es · Esc bricht ab',
	working: 'Die Schlüssel werden aus dem Passwort berechnet, und der Server wird gefragt.',
	newerIntro:
		'Das Passwort wurde auf einem anderen Gerät geändert. Gib das neue ein: Dieses Gerät öffnet sich von da an damit.',
	changed: 'das Passwort ist geändert: deine anderen Geräte verlangen beim nächsten Anmelden das neue',
	takenOver: 'das neue Passwort ist übernommen: dieses Gerät öffnet sich von jetzt an damit',
	elsewhere:
		'dieses Passwort öffnet das Profil, aber das Konto hat inzwischen ein anderes: Es wurde auf einem anderen Gerät geändert, oder der Admin des Servers hat das Konto zurückgesetzt. Das neue Passwort hier eingeben oder simchat password aufrufen',
	former:
		'das ist das neue Passwort des Kontos, aber das Profil öffnet sich noch mit dem alten: dieses hier noch einmal eingeben oder simchat password aufrufen',
	outOfDate: 'das Passwort wurde auf einem anderen Gerät geändert: /password oder simchat password übernimmt das neue',
	askNewer: 'Neues Passwort, wie auf dem anderen Gerät: ',
	askFormer: 'Bisheriges Passwort dieses Geräts: ',
	noSecond: 'die zweite Zeile der Standardeingabe ist das neue Passwort, und sie ist leer',
	notInLines: 'was hier eingegeben wird, ist zu lesen: daneben simchat password aufrufen',
};
