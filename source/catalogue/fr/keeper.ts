// The keeper: the lines of its log, what it says of itself, and what is wrong with its options.
export const keeper = {
	full: (most: number) =>
		`l’historique a les ${most} Mo que permet --max-size : plus rien n’est pris, et ce qui a été envoyé revient dès qu’il y a de la place`,
	log: {
		starts: {
			all: 'démarre ; garde tout',
			fetched: 'démarre ; garde ce qui arrive jusqu’à ce que tous les autres appareils l’aient',
			days: (days: number) =>
				`démarre ; garde ${days} jours ce que tous les autres appareils ont, et le reste jusqu’à ce qu’ils l’aient`,
		},
		joined: 'cet appareil fait partie du compte',
		notKeeper:
			'le journal des appareils n’a pas celui-ci comme gardien, il garde donc tout : ajouter un gardien avec simchat devices add --keeper',
		signedIn: 'connecté',
		came: (count: number) => `arrivés : ${count}`,
		handedOn: (count: number) => `transmis : ${count}`,
		told: (count: number) => `d’appareils du compte : ${count}`,
		letGo: (count: number) => `effacés ici, puisque tous les autres appareils les ont : ${count}`,
		disk: 'le disque ne prend rien : ce qui arrive n’est pas confirmé, et revient dès qu’il y a de la place',
		diskWell: 'le disque prend de nouveau ce qui arrive',
		room: 'il y a de nouveau de la place dans l’historique',
		signsOff: 'se déconnecte',
	},
	status: {
		since: (time: string) => `fonctionne depuis ${time}`,
		contacts: (count: number, there: number) => `contacts : ${count}, présents : ${there}`,
		devices: (count: number, there: number) => `autres appareils : ${count}, présents : ${there}`,
		holds: (messages: number, waiting: number) => `messages : ${messages}, à remettre : ${waiting}`,
		size: (size: string) => `historique : ${size} Mo`,
		sizeOf: (size: string, most: number) => `historique : ${size} Mo sur ${most} Mo`,
	},
	noneRuns: (folder: string) => `aucun gardien ne fonctionne avec ${folder} : en démarrer un avec simchat keep`,
	otherProcess: 'le simchat qui a ouvert ce profil n’est pas un gardien : le quitter, et démarrer simchat keep',
	hold: (most: number) => `--hold prend all, until-fetched ou un nombre de jours de 1 à ${most}`,
	maxSize: (most: number) => `--max-size prend des Mo, de 1 à ${most}`,
	noPasswordFile: (file: string, why: string) =>
		`impossible de lire le mot de passe dans ${file} (${why}) : rendre le fichier lisible, ou en indiquer un autre avec --password-file`,
	emptyPasswordFile: (file: string) => `la première ligne de ${file} est le mot de passe, et elle est vide`,
	noNotify: (why: string) =>
		`impossible d’informer systemd (${why}) : installer systemd-notify, ou utiliser Type=exec sans watchdog`,
};
