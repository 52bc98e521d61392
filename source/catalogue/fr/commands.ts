// What --help says of the commands and options of simchat. Words in capitals, as NAME, are names of what one types: they stay as they are.
export const commands = {
	program: 'conversations privées dans un terminal, chiffrées de bout en bout',
	alone:
		'ouvre le plein écran ; LINK, de l’administrateur d’un serveur ou de devices add, crée un compte ou rejoint le vôtre',
	of: {
		'sign-up': 'crée un compte sur le serveur de LINK ; une invitation y apporte le nom',
		send: 'envoie un message ; avec - pour TEXT, il est lu de l’entrée standard',
		reply:
			'répond à un message de NAME ; ID est donné par tail --json ; avec - pour TEXT, le texte est lu de l’entrée standard',
		edit: 'donne un autre texte à un de vos messages, des deux côtés',
		delete: 'supprime un de vos messages, des deux côtés',
		react: "réagit à un message par un emoji ; EMOJI peut être son nom, comme :heart:, et '' le retire",
		pin: 'épingle un message pour les deux',
		unpin: 'retire l’épingle',
		timer: 'fait disparaître les nouveaux messages des deux, ce temps après leur lecture',
		read: 'ce que NAME a écrit est lu, jusqu’au message ID, ou tout',
		accept: 'fait un contact d’un inconnu qui a écrit en premier',
		block: 'ne prend plus rien de NAME, qui vous voit hors ligne',
		unblock: 'prend de nouveau les messages de NAME',
		mute: 'pas de notifications pour NAME',
		unmute: 'de nouveau des notifications pour NAME',
		nick: 'comment vous appelez NAME, pour vous seul ; sans NICKNAME, de nouveau par son nom',
		away: 'dit aux contacts que vous êtes absent ; sans WHY, vous êtes de retour',
		outbox: 'ce qui attend d’être remis, ou a échoué',
		cancel: 'reprend un message qui attend encore',
		retry: 'remet en file un message qui a échoué',
		tail: 'affiche les messages à mesure qu’ils arrivent, jusqu’à Ctrl-C',
		pipe: 'les lignes de l’entrée standard deviennent des messages, ceux de NAME sortent en lignes',
		contacts: 'tous les contacts, et ce qui n’est pas lu ou pas encore remis',
		devices:
			'vos appareils : list, add, remove DEVICE, rename DEVICE LABEL, role DEVICE keeper|device, accept ; add donne un lien pour un de plus',
		doctor:
			'ce qui a été tenté pour joindre le serveur et les contacts, et que faire ; avec NAME, cherche un chemin jusque-là',
		verify: 'affiche le numéro de sécurité, à comparer avec NAME par un autre moyen',
		trust: 'accepte une nouvelle clé de NAME',
		search: 'cherche dans les messages, les plus récents d’abord ; chaque mot est un début de mot',
		export: 'tous les messages, les plus anciens d’abord',
		forget: 'supprime une conversation de ce disque définitivement',
		check: 'lit tout l’historique, et dit ce qui est endommagé',
		keep: 'un appareil sans écran qui reçoit ce qui arrive pendant que vos autres sont éteints ; LINK l’ajoute au compte, status interroge celui qui fonctionne',
		backup: 'copie le profil dans un nouveau dossier',
		restore: 'fait un profil d’une telle copie',
		recover:
			'vous rend votre compte par des mots de récupération quand tous les appareils sont perdus ; avec --make il les crée',
		password:
			'change le mot de passe, ou reprend celui qui a été changé sur un autre appareil ; avec --password-stdin le nouveau est la deuxième ligne',
		whoami: 'le compte de ce profil',
		demo: 'un serveur, un bot et vous sur cette machine ; sans terminal, une conversation et ce qui a été mesuré',
		completion: 'affiche de quoi compléter ces commandes dans bash, zsh ou fish',
	},
	options: {
		profile: (folder: string) => `où sont gardés le compte et les messages ; ${folder} par défaut`,
		name: 'du compte',
		port: 'le port UDP de ce profil désormais, pour un routeur configuré à la main',
		passwordStdin:
			'la première ligne de l’entrée standard est le mot de passe ; sinon il est demandé dans le terminal, ou pris dans SIMCHAT_PASSWORD',
		wait: 'combien de temps attendre qu’un message soit remis, ou qu’un chemin soit trouvé ; 10 par défaut',
		id: 'affiche l’identifiant du message dès qu’il est gardé sur ce disque',
		since:
			'affiche d’abord ce qui est arrivé depuis : à partir d’un jour (2026-11-03), d’une heure (2026-11-03T09:30) ou de ms depuis 1970, ou après le message de cet ID',
		with: 'seulement les messages avec NAME',
		keeper: 'avec devices add : pour un appareil toujours allumé, qui n’en ajoute pas',
		limit: 'combien de messages au plus ; 50 par défaut',
		linear:
			'le mode en lignes, pour lecteurs d’écran et terminaux simples ; pris d’office si TERM n’est pas défini ou vaut dumb',
		make: 'crée des mots de récupération et les montre une fois',
		remove: 'retire pour de bon les mots de récupération que vous tapez',
		text: 'des lignes à lire, pas du JSON',
		out: 'dans FILE, lisible par vous seul',
		force: 'remplace FILE s’il existe déjà',
		json: 'un objet JSON par ligne ; les heures sont en ms depuis 1970',
		yes: 'ne pas demander : les numéros ont été comparés, ou il faut supprimer',
		hold: 'combien de temps il garde ce que vos autres appareils ont : all, until-fetched ou un nombre de DAYS ; sinon until-fetched',
		maxSize: 'la taille que son historique peut prendre ; ce qui dépasse n’est pas pris, et revient',
		strangers: 'prend aussi les messages d’inconnus ; sinon ceux des contacts seuls',
		passwordFile:
			'la première ligne de FILE est le mot de passe ; sinon $CREDENTIALS_DIRECTORY/password, où systemd l’a mis',
	},
	notes: [
		'Les commandes marchent aussi pendant que le plein écran ou une autre commande a le profil ouvert : c’est ce programme qui les exécute. Sauf sign-up, backup, restore et un second plein écran.',
	],
	exits: {
		0: 'fait : un message envoyé est sur le disque de son destinataire',
		64: 'mauvaise utilisation',
		65: 'entrée incorrecte',
		67: 'nom ou compte inexistant',
		69: 'impossible pour l’instant',
		73: 'création impossible',
		74: 'un disque, ou le lecteur de la sortie, n’accepte plus rien',
		75: 'pas encore : gardé, et envoyé quand simchat sera relancé ; doctor : pas de chemin pour l’instant',
		77: 'mot de passe incorrect ou permission manquante',
		78: 'fichiers endommagés',
	},
	environment: {
		SIMCHAT_PASSWORD: 'le mot de passe, pour les scripts',
		SIMCHAT_TRACE:
			'un fichier qui reçoit une ligne de JSON pour chaque datagramme rejeté, et chaque erreur dont personne n’a été informé',
		NO_COLOR: 'si elle est définie, l’écran est sans couleurs',
		XDG_DATA_HOME: 'où est le dossier du profil, si ce n’est pas ~/.local/share',
	},
	files: {
		vault:
			'dans le dossier du profil : votre clé d’identité et les clés de vos contacts, scellées par votre mot de passe',
		'history.db': 'à côté : messages et contacts, chiffrés en bloc',
		'settings.json': 'à côté, en clair : votre nom, le serveur avec sa clé, et vos réglages d’écran',
	},
};
