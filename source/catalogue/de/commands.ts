// What --help says of the commands and options of simchat. Words in capitals, as NAME, are names of what one types: they stay as they are.
export const commands = {
	program: 'private Unterhaltungen im Terminal, Ende-zu-Ende-verschlüsselt',
	alone:
		'öffnet die Vollbildansicht; LINK, vom Admin eines Servers oder von devices add, legt ein Konto an oder tritt deinem bei',
	of: {
		'sign-up': 'legt ein Konto auf dem Server von LINK an; eine Einladung darin bringt den Namen mit',
		send: 'sendet eine Nachricht; mit - statt TEXT wird sie von der Standardeingabe gelesen',
		reply:
			'antwortet auf eine Nachricht von NAME; ID steht in tail --json; mit - statt TEXT wird er von der Standardeingabe gelesen',
		edit: 'gibt einer eigenen Nachricht einen anderen Text, auf beiden Seiten',
		delete: 'löscht eine eigene Nachricht, auf beiden Seiten',
		react:
			"reagiert mit einem Emoji auf eine Nachricht; EMOJI kann sein Name sein, etwa :heart:, und '' nimmt es zurück",
		pin: 'heftet eine Nachricht an, für beide',
		unpin: 'löst die angeheftete Nachricht',
		timer: 'lässt neue Nachrichten von beiden so lange nach dem Lesen verschwinden',
		read: 'was NAME geschrieben hat, ist gelesen, bis zur Nachricht ID oder alles',
		accept: 'macht aus einem Fremden, der zuerst geschrieben hat, einen Kontakt',
		block: 'nimmt nichts mehr von NAME an, für NAME bist du offline',
		unblock: 'nimmt wieder Nachrichten von NAME an',
		mute: 'keine Mitteilungen für NAME',
		unmute: 'wieder Mitteilungen für NAME',
		nick: 'wie NAME bei dir heißt, nur für dich; ohne NICKNAME wieder der Name',
		away: 'sagt Kontakten, dass du abwesend bist; ohne WHY bist du zurück',
		outbox: 'was auf Zustellung wartet oder gescheitert ist',
		cancel: 'nimmt eine Nachricht zurück, die noch wartet',
		retry: 'reiht eine gescheiterte Nachricht wieder ein',
		tail: 'gibt Nachrichten aus, wie sie kommen, bis Ctrl-C',
		pipe: 'Zeilen der Standardeingabe werden Nachrichten, die von NAME werden als Zeilen ausgegeben',
		run: 'startet einen Bot: ruft den Default-Export von FILE, einem JavaScript-Modul, mit dem auf, was die Befehle können',
		contacts: 'alle Kontakte, und was ungelesen oder noch nicht zugestellt ist',
		devices:
			'deine Geräte: list, add, remove DEVICE, rename DEVICE LABEL, role DEVICE keeper|device, accept; add gibt einen Link für ein weiteres aus',
		doctor:
			'was versucht wurde, um Server und Kontakte zu erreichen, und was zu tun ist; mit NAME sucht es einen Weg dorthin',
		verify: 'zeigt die Sicherheitsnummer, um sie mit NAME auf anderem Weg zu vergleichen',
		trust: 'nimmt einen geänderten Schlüssel von NAME an',
		search: 'findet Nachrichten, neueste zuerst; jedes Wort ist der Anfang eines Wortes',
		export: 'alle Nachrichten, älteste zuerst',
		forget: 'löscht eine Unterhaltung endgültig von diesem Datenträger',
		check: 'liest den ganzen Verlauf und meldet, was beschädigt ist',
		keep: 'ein Gerät ohne Bildschirm, das annimmt, was kommt, während deine anderen aus sind; LINK fügt es dem Konto hinzu, status fragt das laufende',
		backup: 'kopiert das Profil in einen neuen Ordner',
		restore: 'macht aus einer solchen Kopie ein Profil',
		recover: 'führt mit Wiederherstellungswörtern ins Konto, wenn jedes Gerät verloren ist; mit --make legt es sie an',
		password:
			'ändert das Passwort oder übernimmt eines, das auf einem anderen Gerät geändert wurde; mit --password-stdin ist das neue die zweite Zeile',
		whoami: 'das Konto dieses Profils',
		demo: 'ein Server, ein Bot und du auf diesem Rechner; ohne Terminal eine Unterhaltung und was gemessen wurde',
		completion: 'gibt aus, was diese Befehle in bash, zsh oder fish vervollständigt',
	},
	options: {
		profile: (folder: string) => `wo Konto und Nachrichten liegen; sonst ${folder}`,
		name: 'des Kontos',
		port: 'der UDP-Port dieses Profils von nun an, für einen Router, in dem er von Hand eingetragen ist',
		passwordStdin:
			'die erste Zeile der Standardeingabe ist das Passwort; sonst wird es im Terminal erfragt oder aus SIMCHAT_PASSWORD genommen',
		wait: 'wie lange auf Zustellung oder auf einen Weg gewartet wird; sonst 10',
		id: 'gibt die ID der Nachricht aus, sobald sie auf diesem Datenträger ist',
		since:
			'gibt zuerst aus, was seitdem gekommen ist: ab einem Tag (2026-11-03), einer Zeit (2026-11-03T09:30) oder ms seit 1970, oder nach der Nachricht mit dieser ID',
		with: 'nur, was mit NAME geschrieben wurde',
		keeper: 'bei devices add: für ein Gerät, das immer läuft und selbst keine hinzufügt',
		limit: 'wie viele Nachrichten höchstens; sonst 50',
		linear:
			'die Zeilenansicht, für Screenreader und einfache Terminals; von selbst, wo TERM nicht gesetzt oder dumb ist',
		make: 'legt Wiederherstellungswörter an und zeigt sie einmal',
		remove: 'entfernt Wiederherstellungswörter, die du tippst, für immer',
		text: 'lesbare Zeilen statt JSON',
		out: 'in FILE, nur für dich lesbar',
		force: 'ersetzt FILE, wenn es schon da ist',
		json: 'ein JSON-Objekt je Zeile; Zeiten in ms seit 1970',
		yes: 'nicht fragen: die Nummern sind verglichen, oder es soll gelöscht werden',
		hold: 'wie lange es behält, was deine anderen Geräte haben: all, until-fetched oder eine Zahl von DAYS; sonst until-fetched',
		maxSize: 'wie groß sein Verlauf werden darf; was darüber ist, wird nicht angenommen und kommt noch einmal',
		strangers: 'nimmt auch Nachrichten von Fremden an; sonst nur die von Kontakten',
		passwordFile:
			'die erste Zeile von FILE ist das Passwort; sonst $CREDENTIALS_DIRECTORY/password, wo systemd eines hinterlegt hat',
	},
	notes: [
		'Befehle gehen auch, während die Vollbildansicht oder ein anderer Befehl das Profil offen hat: Jenes Programm führt sie aus. Nicht so sign-up, run, backup, restore und eine zweite Vollbildansicht.',
	],
	exits: {
		0: 'erledigt: eine gesendete Nachricht liegt auf dem Datenträger des Empfängers',
		64: 'falscher Aufruf',
		65: 'fehlerhafte Eingabe',
		67: 'kein solcher Name oder kein Konto',
		69: 'jetzt nicht möglich',
		70: 'ein Bot ist gescheitert',
		73: 'kann nicht angelegt werden',
		74: 'ein Datenträger oder der Leser der Ausgabe nimmt nichts mehr an',
		75: 'noch nicht: wird aufbewahrt und gesendet, wenn simchat wieder läuft; doctor: zurzeit kein Weg',
		77: 'falsches Passwort oder keine Berechtigung',
		78: 'beschädigte Dateien',
	},
	environment: {
		SIMCHAT_PASSWORD: 'das Passwort, für Skripte',
		SIMCHAT_TRACE:
			'eine Datei, in die je verworfenem Datagramm und je Fehler, der niemandem gemeldet wurde, eine Zeile JSON geschrieben wird',
		NO_COLOR: 'wenn gesetzt, ist die Vollbildansicht ohne Farben',
		XDG_DATA_HOME: 'wo der Ordner des Profils liegt, wenn nicht in ~/.local/share',
	},
	files: {
		vault:
			'im Ordner des Profils: dein Identitätsschlüssel und die Schlüssel deiner Kontakte, mit dem Passwort verschlossen',
		'history.db': 'daneben: Nachrichten und Kontakte, als Ganzes verschlüsselt',
		'settings.json':
			'daneben, unverschlüsselt: dein Name, der Server mit seinem Schlüssel und die Einstellungen der Ansicht',
	},
};
