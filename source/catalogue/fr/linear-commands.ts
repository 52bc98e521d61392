// The commands of `simchat --linear` that are not those of the screen, or do something else here. Words in capitals are names of what one
// types behind a command, as in slash-commands.ts; in brackets it may be left out.
export const linearCommands = {
	help: (form: string, says: string) => `${form} : ${says}`,
	helpIntro: [
		'Ce que vous tapez va dans la conversation ouverte.',
		'// commence un message par une barre oblique. Une ligne vide n’est pas envoyée.',
		'Tant qu’une ligne est en cours de frappe, rien n’est annoncé.',
		'Ce qui arrive attend que vous tapiez Enter, ou que la ligne soit effacée.',
	],
	openWords: '[NOM]',
	openHelp: 'parler avec NOM, ou avec qui a écrit sans être encore lu ; les messages non lus sont lus',
	unreadHelp: 'qui a écrit ce que vous n’avez pas lu',
	lastWords: '[NOMBRE]',
	lastHelp: (messages: number) => `les ${messages} derniers messages de cette conversation, ou autant que vous dites`,
	reactWords: 'EMOJI',
	searchWords: 'MOTS',
	listHelp: 'qui est dans votre liste, et l’état de chaque contact',
	doctorHelp: 'ce qui a été tenté pour joindre l’annuaire et chaque contact, et que faire',
	helpWords: '[COMMANDE]',
	helpHelp: 'toutes les commandes, ou ce que fait l’une d’elles',

	notInList: (name: string) => `${name} n’est pas dans votre liste : /add ajoute quelqu’un`,
	nothingUnread: 'tout est lu',
	lastUsage: (most: number) => `tapez par exemple /last 20, avec ${most} au plus`,
	noneOpen: 'aucune conversation n’est ouverte',
	nothingSaid: 'pas encore de messages ici',
	listEmpty: 'personne n’est dans votre liste : /add NOM ajoute quelqu’un',
	reactUsage: 'tapez /react :heart: ou /react et un emoji',
	searchUsage: 'tapez /search MOTS',
	nothingFound: 'rien n’a été trouvé',
	foundNewest: (messages: number) => `Les ${messages} plus récents, le plus récent en dernier :`,
	found: (messages: number) => `Trouvés : ${messages}, le plus récent en dernier :`,
	noNames: (prefix: string) => `l’annuaire ne connaît aucun nom qui commence par ${prefix}`,
	nameThere: (name: string, presence: string) => `${name}, ${presence}`,
	moreNames: 'il y en a d’autres : tapez plus de lettres du nom',
	noCommand: (name: string) => `la commande /${name} n’existe pas : /help énumère les commandes`,

	noSafetyNumber: (name: string) =>
		`il n’y a pas de numéro de sécurité avant le premier message : écrivez d’abord à ${name}`,
	safetyNumber: (name: string, lines: number) => `Le numéro de sécurité avec ${name}, en ${lines} lignes :`,
	compare: (name: string) =>
		`Comparez-le avec ${name} en personne ou au téléphone, pas dans cette conversation. S’il est identique, personne n’intercepte. S’il diffère, quelqu’un intercepte peut-être : n’écrivez pas ici.`,
	keepUncompared: 'pas encore comparé',
	theyMatch: 'ils sont identiques',
	keyChangedMeanwhile: (name: string) => `la clé a changé entre-temps : /verify ${name} affiche le nouveau numéro`,
	verified: (name: string) => `contact vérifié : ${name}`,

	allDelivered: 'tout a été remis',
	outboxWaiting: (name: string, quote: string) => `à ${name}, en attente : ${quote}`,
	outboxFailed: (name: string, quote: string, why: string) => `à ${name}, non envoyé, car ${why} : ${quote}`,

	finding: (label: string, words: string) => `${label} : ${words}`,
	warning: (words: string) => `attention, ${words}`,
	problem: (words: string) => `PROBLÈME, ${words}`,
	nextStep: (step: string) => `que faire : ${step}`,
	nothingToMend: 'rien, il n’y a rien à réparer ici',
};
