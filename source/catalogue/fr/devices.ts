// The devices of the own account: which there are, adding, removing and naming them, joining by a link.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('fr');

export const devices = {
	noLink: 'ce n’est pas un lien d’appareil : créez-en un avec /devices sur un appareil que vous avez',
	noLabel: 'cet appareil a besoin d’un nom : tapez comment vous l’appelez',
	keeperMayNot: 'un gardien n’ajoute ni ne retire d’appareils : faites-le sur un autre appareil',
	offline: 'le serveur est injoignable : réessayez une fois connecté',
	recoveryStays: 'les mots de récupération ne se retirent qu’eux-mêmes',
	lastStays: 'c’est le dernier appareil de votre compte : ajoutez-en un autre avant de le retirer',
	notTaken: 'la liste de vos appareils n’admet plus ce changement : regardez-la et réessayez',
	later: (seconds: number) => `trop de changements : réessayez dans ${seconds} s`,
	unknown: (typed: string) => `vous n’avez pas d’appareil ${typed} : voyez simchat devices`,
	several: (typed: string) => `plusieurs appareils correspondent à ${typed} : tapez plus de son identifiant`,
	notTold: 'le serveur n’a pas encore dit quels sont vos appareils : réessayez une fois connecté',
	otherAccount: (name: string) =>
		`le serveur montre un autre compte ${name} que celui du lien : n’allez pas plus loin, et demandez à l’administrateur du serveur`,
	joinStopped: 'vous n’avez pas encore rejoint le compte : le même lien sert tant qu’il est valable',
	unanswered:
		'personne n’a répondu pendant 10 minutes : le lien a servi, est trop vieux, ou vient de quelqu’un d’autre ; créez-en un autre',
	joinCut: 'la connexion s’est terminée avant votre admission : réessayez avec le même lien',
	joinTitle: (name: string, server: string) => `simchat : rejoindre ${name} sur ${server}`,
	joinIntro: (name: string) => `Ceci devient un appareil de plus de ${name}. Le mot de passe est celui du compte.`,
	joinAsked:
		'En attente de l’appareil qui a créé le lien. S’il ne se passe rien, le lien a déjà servi ou a plus de 10 minutes : créez-en un autre là-bas.',
	joinAbsent:
		'Aucun de vos appareils qui puisse admettre celui-ci n’est en ligne. Ouvrez simchat sur celui qui a créé le lien ; celui-ci redemande tout seul.',
	joinHint: 'Esc revient · Ctrl-C quitte',
	roles: {device: '', keeper: 'gardien', recovery: 'mots de récupération'},
	unnamed: (id: string) => `sans nom (${id})`,
	thisOne: 'cet appareil',
	added: (when: string) => `ajouté ${when}`,
	addedBy: (when: string, by: string) => `ajouté ${when} par ${by}`,
	title: 'vos appareils',
	hint: 'a ajoute · k gardien · r nom · o rôle · d retire',
	keeperHint: 'r renomme · Esc ferme',
	addTitle: 'ajouter un appareil',
	addKeeperTitle: 'ajouter un gardien',
	addHint: 'y copie le lien · Esc y met fin',
	addedHint: 'Esc ferme',
	addWords:
		'Lancez simchat sur le nouvel appareil et collez-y ce lien ; il demande votre mot de passe. Qui a les deux devient un de vos appareils.',
	addKeeperWords:
		'Lancez simchat keep sur la machine toujours allumée et collez-y ce lien. Un gardien lit vos messages et ne peut pas ajouter d’appareils.',
	tooSmall: 'Agrandissez la fenêtre pour voir le lien, ou tapez y pour le copier.',
	timeLeft: (time: string) => `Valable ${time} et pour un appareil.`,
	wrongTries: (left: number) =>
		`Quelqu’un qui a votre mot de passe a demandé avec un autre lien ; ${plural(left, {one: `${left} essai de plus met`, other: `${left} essais de plus mettent`})} fin à celui-ci.`,
	joined: (label: string) => `a rejoint le compte : ${label}`,
	over: {
		guessed:
			'le lien est terminé : quelqu’un qui a votre mot de passe et pas le lien a essayé trois fois ; changez le mot de passe',
		late: 'le lien est trop vieux, et personne n’a rejoint le compte',
		full: 'il n’y a pas de place pour un appareil de plus : retirez-en un d’abord',
		refused: 'l’appareil n’a pas pu être ajouté : créez un autre lien',
		replaced: 'un autre lien a été créé à la place de celui-ci',
	},
	renameTitle: (label: string) => `renommer ${label}`,
	renameHint: 'Enter enregistre · Esc annule',
	remove: (label: string) => `Retirer ${label} ? Il est déconnecté aussitôt, ne revient jamais et garde ce qu’il a.`,
	removeThis: 'Retirer cet appareil ? Il est déconnecté aussitôt, ne revient jamais et garde ce qu’il a.',
	keepIt: 'le garder',
	removeIt: 'le retirer',
	removed: (label: string) => `retiré : ${label}`,
	renamed: (label: string) => `nouveau nom : ${label}`,
	news: {
		add: (label: string, by: string, when: string) =>
			`NOUVEL APPAREIL de votre compte : ${label}, ajouté par ${by}, ${when}. Si ce n’était pas vous, retirez-le : /devices`,
		remove: (label: string, by: string, when: string) =>
			`Retiré de vos appareils : ${label}, par ${by}, ${when}. Voyez /devices`,
		role: (label: string, by: string, when: string) => `Autre rôle pour ${label}, par ${by}, ${when}. Voyez /devices`,
	},
	more: (count: number) =>
		`${plural(count, {one: `${count} autre changement`, other: `${count} autres changements`})} de vos appareils : /devices`,
	contradicted: (name: string) =>
		`${name} a vu une autre liste de vos appareils que celle-ci : le serveur ment peut-être à l’un de vous. Comparez /devices sur tous les vôtres et demandez à ${name}`,
	alarm:
		'Le serveur montre UNE AUTRE LISTE DE VOS APPAREILS que celle connue ici. Rien n’en est cru. Demandez à l’administrateur du serveur.',
	waiting: 'en attente du nouvel appareil ; le lien vaut 10 minutes et pour un appareil, et Ctrl-C y met fin',
	nobodyJoined: 'personne n’a rejoint le compte, et le lien est terminé',
	askRemove: (label: string, id: string) => `Retirer ${label} (${id}) ? Il ne revient jamais. Tapez oui : `,
	notRemoved: (label: string) => `il reste : ${label}`,
	askNobody: 'il n’y a pas de terminal où demander : avec --yes il est retiré',
	usage:
		'utilisation : simchat devices [list | add [--keeper] | remove DEVICE | rename DEVICE LABEL | role DEVICE keeper|device | accept]',

	// Last seen, and other roles. `when`: day and time.
	lastSeen: (when: string) => `vu ${when}`,
	madeRole: {
		keeper: (label: string) => `gardien maintenant : ${label}`,
		device: (label: string) => `n’est plus gardien : ${label}`,
	},
	askRole: {
		keeper: (label: string) =>
			`Faire de ${label} un gardien ? Il n’ajoute ni ne retire plus d’appareils, et lâche ce que les autres ont.`,
		device: (label: string) =>
			`Faire de ${label} un appareil comme les autres ? Il pourra ajouter et retirer des appareils, et ne lâche rien.`,
	},
	makeIt: 'le changer',

	// A list that is not the known one, once somebody has looked into it.
	alarmHint: 'Appuyez sur t une fois que c’est éclairci.',
	differences: {
		missing: (label: string) => `absent de la liste du serveur : ${label}`,
		there: (label: string) => `dans la seule liste du serveur : ${label}`,
		'other-role': (label: string) => `avec un autre rôle dans la liste du serveur : ${label}`,
	},
	noDifference: 'la liste du serveur a les mêmes appareils, avec une autre histoire',
	otherFounder:
		'la liste du serveur commence par une autre clé que votre compte, ou n’a pas cet appareil : elle ne peut être acceptée ; demandez à l’administrateur du serveur',
	askAccept:
		'Accepter désormais la liste du serveur ? Si vous ne savez pas pourquoi elle est autre, demandez d’abord à l’administrateur du serveur.',
	askAcceptYes: 'accepter désormais la liste du serveur ? Tapez oui ou yes : ',
	askLooked: (name: string) => `Sait-on pourquoi ${name} a vu une autre liste ? Alors ce n’est plus répété.`,
	askLookedYes: (name: string) => `sait-on pourquoi ${name} a vu une autre liste ? Tapez oui ou yes : `,
	acceptIt: 'c’est éclairci',
	accepted: 'la liste de vos appareils est acceptée telle qu’elle est',
	notAccepted: 'rien n’est accepté, et l’alarme reste',
	nothingToAccept: 'il n’y a rien à accepter : la liste de vos appareils est celle qui est connue',

	// What a new device gets. Lines, but for the last.
	copying: (label: string) =>
		`ce que vous avez va maintenant à ${label} : attendez qu’il ait tout ; Ctrl-C met fin à l’attente`,
	copied: (label: string) => `tout y est : ${label}`,
	notCopied: (label: string) =>
		`tout n’y est pas encore : ${label} reçoit le reste tant qu’un autre de vos appareils tourne`,
	copiesWhileOn: 'Il reçoit ce que vous avez tant que ce simchat tourne.',
};
