// Why something that a person asked for about messages and contacts is not done, and what to do. “That”: what was typed or chosen.
export const refusals = {
	noName:
		'ce n’est pas un nom : il a de 1 à 32 caractères parmi a–z, 0–9, point, tiret bas et trait d’union, et commence par une lettre',
	ownName: 'c’est votre propre nom : choisissez-en un autre',
	unknownName: (name: string) => `ce nom n’est pas dans l’annuaire : ${name}`,
	notInList: (name: string) => `vous n’avez pas ${name} dans votre liste : un message à ${name} l’y ajoute`,
	blocked: (name: string) => `vous avez bloqué ${name} : levez d’abord le blocage`,
	keyChanged: (name: string) =>
		`la clé d’identité de ${name} a changé : quelqu’un intercepte peut-être. Comparez le numéro de sécurité avec ${name}, puis acceptez la nouvelle clé avec verify, ou avec trust si la comparaison est impossible`,
	keyUnknown: (name: string) =>
		`la clé de ${name} n’est pas encore connue : échangez d’abord un message, puis comparez le numéro de sécurité`,
	offline: 'l’annuaire est injoignable : réessayez une fois la connexion établie',
	tooManySearches: (seconds: number) => `trop de recherches : réessayez dans ${seconds} s`,
	nickname: (most: number) => `un surnom a de 1 à ${most} caractères`,
	away: (most: number) => `le motif d’absence a de 1 à ${most} octets`,
	awayEnds:
		'avec un seul appareil, l’absence ne dure que tant que simchat fonctionne : faites-le pendant que le plein écran, tail ou un bot fonctionne',
	emptyMessage: 'il n’y a rien à envoyer : le message est vide',
	longMessage: (bytes: number, most: number) =>
		`le message a ${bytes} octets, et le maximum est ${most} : envoyez-le en plusieurs parties`,
	messageGone: 'ce message n’est plus là',
	noMessage: (id: string, name: string) =>
		`il n’y a pas de message ${id} avec ${name} : tail --json et search --json donnent les identifiants`,
	nowhere: (id: string) => `il n’y a de message ${id} avec personne de votre liste`,
	notOwn: (name: string) => `ce message est de ${name} : seul son auteur le modifie ou le supprime`,
	noOwnMessage: (id: string) => `aucun de vos messages n’a l’identifiant ${id} : outbox --json donne les identifiants`,
	noFile: 'ce message ne propose pas de fichier',
	longEmoji: 'ce n’est pas un emoji : c’est trop long',
	wrongAct: (kind: string) => `cela ne se fait pas avec un message : ${kind}`,
	timer: 'un message peut disparaître après 1 seconde à 365 jours',
	longKey: (most: number) => `son nom dépasse ${most} caractères : ce n’est pas retenu`,
	longValue: (most: number) => `cela dépasse ${most} octets : ce n’est pas retenu`,
	tooMuch: 'trop de choses sont déjà retenues : celle-ci ne l’est pas',
};
