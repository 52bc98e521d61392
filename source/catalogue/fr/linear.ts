// What `simchat --linear` says, for those who hear it or read it line by line: whole sentences, with capital letters and stops.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('fr');

export const linear = {
	listed: (parts: readonly string[]) => parts.join(', '),
	quoted: (text: string) => `« ${text} »`,
	quotedPart: (text: string) => `« ${text} » et la suite`,

	noAccount: ['Ce profil n’a pas encore de compte.', 'Un lien d’accès de l’administrateur d’un serveur en crée un.'],
	signingIn: (name: string, server: string) => `Connexion de ${name} à ${server} en cours.`,
	signedIn: (name: string, server: string) => `Connexion de ${name} à ${server} établie.`,
	ctrlDQuits: 'Ctrl-D quitte.',
	ctrlCQuits: 'Ctrl-C de nouveau quitte.',
	lineDropped: 'La ligne est abandonnée. Ctrl-C de nouveau quitte.',
	goodbye: 'Au revoir.',
	helpLists: '/help énumère les commandes.',

	prompts: {
		'join link': 'Lien d’accès : ',
		name: 'Nom : ',
		password: 'Mot de passe : ',
		again: 'Le même mot de passe encore une fois : ',
		device: 'Comment s’appelle cet appareil : ',
	},
	asking: 'Échange avec le serveur.',
	locked: (seconds: number) =>
		`Trop de mots de passe incorrects. Vous pourrez réessayer dans ${plural(seconds, {one: `${seconds} seconde`, other: `${seconds} secondes`})}.`,
	unlocked: 'Vous pouvez réessayer maintenant.',
	secondsLeft: (seconds: number) =>
		`Encore ${plural(seconds, {one: `${seconds} seconde`, other: `${seconds} secondes`})}.`,

	connected: 'Connexion établie.',
	connectedAgain: 'Connexion rétablie.',
	retried: (problem: string) => `${problem} ; nouvel essai automatique`,
	stopped: 'Plus rien n’est envoyé ni reçu. /quit quitte simchat.',

	noneOpen: 'Aucune conversation n’est ouverte. /open NOM en ouvre une, /list dit qui est dans votre liste.',
	nobodyInList: 'Personne n’est encore dans votre liste. /add NOM ajoute quelqu’un et ouvre la conversation.',
	closed: 'Plus aucune conversation n’est ouverte.',
	talkingTo: (contact: string) => `Conversation avec ${contact}.`,
	newFrom: (name: string) => `Nouveau message de ${name}. /open ${name} le lit.`,
	mention: (name: string) => `${name} vous mentionne. /open ${name} le lit.`,
	unread: (list: readonly string[]) => `Non lus : ${list.join(' ; ')}.`,
	unreadOf: (name: string, messages: number) => `${name} ${messages}`,
	unreadOfStranger: (name: string, messages: number) => `${name} ${messages}, absent de votre liste`,
	lost: (count: number) =>
		plural(count, {
			one: `${count} ligne de nouveautés est arrivée trop vite et a été omise.`,
			other: `${count} lignes de nouveautés sont arrivées trop vite et ont été omises.`,
		}),

	isNow: (name: string, presence: string) => `${name} : ${presence}.`,
	isAway: (name: string, why: string) => `${name} s’absente : ${why}`,
	isBack: (name: string) => `${name} est de retour.`,
	keys: {unknown: '', pinned: 'non vérifié', verified: 'vérifié', changed: 'CLÉ CHANGÉE'},
	called: (nickname: string) => `surnom ${nickname}`,
	blocked: 'bloqué',
	request: 'absent de votre liste, veut parler',
	away: (why: string) => `absent : ${why}`,
	muted: 'en sourdine',
	timer: (time: string) => `les messages disparaissent ${time} après leur lecture`,
	unreadCount: (messages: number) => plural(messages, {one: `${messages} non lu`, other: `${messages} non lus`}),
	undeliveredCount: (messages: number) =>
		plural(messages, {one: `${messages} non remis`, other: `${messages} non remis`}),

	keyWarning: (name: string) => [
		`ATTENTION : la clé de ${name} a changé.`,
		`Soit ${name} a un nouvel appareil, soit quelqu’un d’autre répond sous ce nom.`,
		`Rien n’est envoyé à ${name} avant votre décision.`,
	],
	keyChoices: (name: string) =>
		`/verify ${name} affiche le numéro à comparer. /trust ${name} accepte la nouvelle clé sans comparer.`,
	requestWarning: (name: string) => `${name}, qui n’est pas dans votre liste, vous a écrit.`,
	requestReads: (name: string) =>
		`/open ${name} le lit. /accept ${name} vous permet de répondre. /block ${name} ne laisse plus rien passer.`,
	requestChoices: (name: string) =>
		`/accept ${name} vous permet de répondre. /block ${name} ne laisse plus rien passer.`,

	you: 'vous',
	action: ', action',
	at: (time: string) => `, ${time}`,
	dayAndTime: (day: string, time: string) => `${day} ${time}`,
	replyingTo: (quote: string) => `, en réponse à ${quote}`,
	replyingToMessage: ', en réponse à un message',
	disappears: (time: string) => `, disparaît après ${time}`,
	edited: ', modifié',
	states: {
		queued: ', en attente',
		sent: ', en route',
		delivered: ', remis',
		read: ', lu',
		failed: ', non envoyé',
	},
	reaction: (emoji: string, from: string) => `, ${emoji} de ${from}`,
	reactionOfYours: (emoji: string) => `, ${emoji} de vous`,
	deleted: (head: string) => `${head}, supprimé.`,
	message: (head: string, text: string) => `${head} : ${text}`,
	to: (whom: string, message: string) => `à ${whom}, ${message}`,

	acts: {
		edited: (name: string, text: string) => `${name} a modifié un message : ${text}`,
		deleted: (name: string) => `${name} a supprimé un message.`,
		reacted: (name: string, emoji: string) => `${name} a réagi avec ${emoji}.`,
		reactedTo: (name: string, emoji: string, text: string) => `${name} a réagi avec ${emoji} : ${text}.`,
		reactionGone: (name: string) => `${name} a retiré une réaction.`,
		reactionGoneFrom: (name: string, text: string) => `${name} a retiré une réaction : ${text}.`,
		timer: (name: string, seconds: number) => `${name} fait disparaître les messages ${seconds} s après leur lecture.`,
		timerOff: (name: string) => `${name} ne fait plus disparaître les messages.`,
		pinned: (name: string) => `${name} a épinglé un message.`,
		pinnedThis: (name: string, text: string) => `${name} a épinglé un message : ${text}.`,
		unpinned: (name: string) => `${name} a désépinglé un message.`,
		unpinnedThis: (name: string, text: string) => `${name} a désépinglé un message : ${text}.`,
	},
	fileOffered: (head: string, file: string, size: string) =>
		`${head} propose un fichier, ${file}, ${size}. /get le récupère.`,
	fileOfferedByYou: (head: string, file: string, size: string) => `${head}, fichier proposé : ${file}, ${size}.`,
	files: {
		accepted: (name: string, file: string) => `${name} veut le fichier ${file}.`,
		declined: (name: string, file: string) => `${name} refuse le fichier ${file}.`,
		received: (name: string, file: string) => `${name} a le fichier ${file}.`,
		stopped: (name: string, file: string) => `${name} a arrêté le fichier ${file}.`,
	},
	fileSaved: (file: string, path: string) => `Le fichier ${file} est là, enregistré sous ${path}.`,
	fileFailed: (file: string, why: string) => `le fichier ${file} a échoué : ${why}`,
	fileProgress: (file: string, progress: string) => `Le fichier ${file} : ${progress}.`,

	delivered: 'Remis.',
	deliveredTo: (whom: string) => `Remis à ${whom}.`,
	deliveredCount: (messages: number) => `Remis : ${messages} messages.`,
	deliveredCountTo: (whom: string, messages: number) => `Remis à ${whom} : ${messages} messages.`,
	read: 'Lu.',
	readBy: (whom: string) => `Lu par ${whom}.`,
	readCount: (messages: number) => `Lus : ${messages} messages.`,
	readCountBy: (whom: string, messages: number) => `Lus par ${whom} : ${messages} messages.`,
	notSent: (quote: string, why: string) => `non envoyé : ${quote}, car ${why}`,
	notDelivered: (why: string) => `pas encore remis : ${why}`,
	goesOut: 'Le message est gardé, et partira de lui-même.',
	waitingAtStart: (messages: number) =>
		`${plural(messages, {one: `${messages} message n’est pas encore remis`, other: `${messages} messages ne sont pas encore remis`})}. /outbox les énumère.`,
	waitingAtEnd: (messages: number) =>
		plural(messages, {
			one: `${messages} message n’est pas encore remis ; il est gardé, et partira quand simchat sera relancé.`,
			other: `${messages} messages ne sont pas encore remis ; ils sont gardés, et partiront quand simchat sera relancé.`,
		}),
	/** Behind `car`. */
	failures: {
		'identity-changed': (name: string) => `la clé de ${name} a changé`,
		blocked: (name: string) => `vous avez bloqué ${name}`,
		cancelled: () => 'il a été retiré',
		refused: (name: string) => `le simchat de ${name} ne peut pas le lire`,
	},
	failed: 'cela a échoué',

	changing: (quote: string) => `Modification de ${quote}. Tapez le nouveau texte. Une ligne vide le laisse tel quel.`,
	replying: (quote: string) => `Réponse à ${quote}. Tapez la réponse. Une ligne vide annule.`,
	notSentKey: (name: string) => `Non envoyé : la clé de ${name} a changé.`,
	notSentRequest: (name: string) => `Non envoyé : ${name} n’est pas dans votre liste.`,
	youTyped: (quote: string) => `vous aviez tapé : ${quote}`,
	keepUnsent: 'ne pas envoyer',
	sendIt: 'envoyer',

	answer: (typed: string, answer: string) => `Tapez ${typed} pour : ${answer}.`,
	otherwise: (keep: string) => `Toute autre réponse veut dire : ${keep}.`,

	done: 'fait',
	leftAsItIs: 'laissé tel quel',
	changed: 'changé',
	notThere: 'il n’est plus là',
	nobodyToSendTo: 'aucun destinataire encore : /open NOM ou /add NOM ouvre une conversation',
	noCommand: (name: string) =>
		`la commande /${name} n’existe pas : /help énumère les commandes, et // commence un message par une barre oblique`,
};
