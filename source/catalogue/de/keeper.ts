// The keeper: the lines of its log, what it says of itself, and what is wrong with its options.
export const keeper = {
	full: (most: number) =>
		`der Verlauf hat die ${most} MB, die --max-size erlaubt: es wird nichts mehr angenommen, und was gesendet wurde, kommt noch einmal, sobald Platz ist`,
	log: {
		starts: {
			all: 'startet; behält alles',
			fetched: 'startet; behält, was kommt, bis jedes andere Gerät es hat',
			days: (days: number) =>
				`startet; behält ${days} Tage lang, was jedes andere Gerät hat, und den Rest, bis sie ihn haben`,
		},
		joined: 'dieses Gerät gehört jetzt zum Konto',
		notKeeper:
			'laut Geräteliste ist dieses Gerät kein Keeper, darum behält es alles: einen Keeper mit simchat devices add --keeper hinzufügen',
		signedIn: 'angemeldet',
		came: (count: number) => `angekommen: ${count}`,
		handedOn: (count: number) => `weitergegeben: ${count}`,
		told: (count: number) => `von eigenen Geräten: ${count}`,
		letGo: (count: number) => `abgegeben, da jedes andere Gerät es hat: ${count}`,
		disk: 'der Datenträger nimmt nichts an: was kommt, wird nicht bestätigt und kommt noch einmal, sobald Platz ist',
		diskWell: 'der Datenträger nimmt wieder an, was kommt',
		room: 'im Verlauf ist wieder Platz',
		signsOff: 'meldet sich ab',
	},
	status: {
		since: (time: string) => `läuft seit ${time}`,
		contacts: (count: number, there: number) => `Kontakte: ${count}, davon da: ${there}`,
		devices: (count: number, there: number) => `andere Geräte: ${count}, davon da: ${there}`,
		holds: (messages: number, waiting: number) => `Nachrichten: ${messages}, noch nicht zugestellt: ${waiting}`,
		size: (size: string) => `Verlauf: ${size} MB`,
		sizeOf: (size: string, most: number) => `Verlauf: ${size} MB von ${most} MB`,
	},
	noneRuns: (folder: string) => `mit ${folder} läuft kein Keeper: einen mit simchat keep starten`,
	otherProcess: 'das simchat, das dieses Profil offen hat, ist kein Keeper: es beenden und simchat keep starten',
	hold: (most: number) => `--hold nimmt all, until-fetched oder eine Zahl von Tagen von 1 bis ${most}`,
	maxSize: (most: number) => `--max-size nimmt MB, von 1 bis ${most}`,
	noPasswordFile: (file: string, why: string) =>
		`das Passwort lässt sich nicht aus ${file} lesen (${why}): die Datei lesbar machen oder mit --password-file eine andere angeben`,
	emptyPasswordFile: (file: string) => `die erste Zeile von ${file} ist das Passwort, und sie ist leer`,
	noNotify: (why: string) =>
		`systemd erfährt nicht, wie es geht (${why}): systemd-notify installieren oder Type=exec ohne Watchdog verwenden`,
};
