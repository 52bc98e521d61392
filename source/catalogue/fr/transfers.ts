// Files between people: why one is not offered, and why one does not come.
export const transfers = {
	/** `file`: a path, as it was typed. */
	offers: {
		missing: (file: string) => `${file} n’existe pas : vérifiez le chemin`,
		folder: (file: string) =>
			`${file} est un dossier : archivez-le d’abord, avec tar par exemple, et envoyez l’archive`,
		special: (file: string) =>
			`${file} n’est pas un fichier avec un contenu : un tube, une socket ou un périphérique ne s’envoie pas`,
		unreadable: (file: string) => `${file} est illisible : rendez-le lisible, ou envoyez-en un autre`,
		changed: (file: string) => `${file} a changé pendant la lecture : réessayez quand plus rien n’y écrit`,
	},
	/** Each says what to do. */
	problems: {
		'no-room': 'il n’y a pas assez de place sur ce disque : libérez de la place, puis redemandez-le',
		folder:
			'impossible d’écrire dans le dossier de téléchargement : rendez-le accessible en écriture ou choisissez-en un autre (downloads, dans les réglages), puis redemandez-le',
		limit: 'le fichier dépasse la limite des réglages (fileLimit) : relevez-la, puis redemandez-le',
		changed: 'le fichier a changé chez qui l’envoie : demandez qu’on le renvoie',
		unreadable: 'le fichier est illisible chez qui l’envoie : demandez qu’on le renvoie',
		missing: 'qui l’envoie n’a plus le fichier : demandez qu’on le renvoie',
		damaged: 'ce qui est arrivé n’est pas ce qui était proposé : redemandez-le, ou demandez qu’on le renvoie',
		disk: 'le disque ne l’a pas pris : vérifiez le disque, puis redemandez-le',
	},
	/** How a command for files ends. */
	ends: {
		waits: (name: string) =>
			`le fichier est proposé à ${name}, qui ne l’a pas encore en entier : il continue quand simchat tourne à nouveau`,
		declined: (name: string) => `${name} ne veut pas du fichier`,
		stopped: (name: string) => `le fichier a été arrêté : proposez-le à nouveau si ${name} doit l’avoir`,
		comesLater: (name: string) =>
			`le fichier n’est pas encore là : il arrive de lui-même quand simchat tourne ici et chez ${name}`,
		noOffer: (name: string) => `${name} n’a proposé aucun fichier`,
	},
	/** An offer, as a line of a log. */
	line: (file: string, bytes: number) => `fichier : ${file}, ${bytes} octets`,
};
