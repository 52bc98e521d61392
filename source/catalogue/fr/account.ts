// The account of a profile: its folder and files, signing up and in. Errors follow `simchat: ` and say what to do next.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('fr');

export const account = {
	nameAt: (name: string, server: string) => `${name} sur ${server}`,
	none: 'ce profil n’a pas encore de compte : inscrivez-vous avec un lien d’accès de l’administrateur d’un serveur',
	noneIn: (folder: string) => `il n’y a pas de compte dans ${folder} : indiquez le dossier d’un compte avec --profile`,
	noneInYet: (folder: string) =>
		`il n’y a pas de compte dans ${folder} : créez-en un avec simchat sign-up LINK --name NAME, ou indiquez son dossier avec --profile`,
	signInFirst: 'connectez-vous d’abord',

	isAnothers: (name: string, server: string) =>
		`ce profil est celui de ${name} sur ${server} : pour un second compte, choisissez un autre dossier avec --profile`,
	noLink:
		'ce n’est pas un lien d’accès : il a la forme simchat://host:port/#key, demandez-le à l’administrateur du serveur',
	begun: (vault: string) =>
		`une inscription a été commencée dans ce profil avec un autre mot de passe : utilisez cet autre mot de passe, ou supprimez ${vault} pour recommencer`,
	inviteFor: (name: string) =>
		`l’invitation est pour ${name} : pour un autre nom, demandez à l’administrateur du serveur`,
	nameTaken: 'ce nom est déjà pris : choisissez-en un autre',
	inviteInvalid:
		'l’invitation n’est pas valable pour ce nom, ou a déjà servi : demandez-en une autre à l’administrateur du serveur',
	registrationClosed: 'ce serveur n’accepte pas de nouveaux comptes : demandez à son administrateur',

	wrongPassword: 'mot de passe incorrect : il n’ouvre pas le coffre de cet appareil',
	wrongPasswordAgain: 'mot de passe incorrect : il n’ouvre pas le coffre de cet appareil ; réessayez',
	wrongVaultPassword: 'mot de passe incorrect : le coffre en a un autre ; réessayez',
	triesLeft: (tries: number) =>
		`mot de passe incorrect : encore ${plural(tries, {one: `${tries} essai`, other: `${tries} essais`})} avant une pause de 60 s`,
	locked: (seconds: number) => `trop de mots de passe incorrects : réessayez dans ${seconds} s`,
	passwordEmpty: 'le mot de passe est vide : saisissez au moins un caractère',
	passwordCharacter:
		'le mot de passe contient un caractère de contrôle, invisible ou non attribué : saisissez-le à nouveau sans ce caractère',
	thePasswordIs: (weakness: string) => `le mot de passe est ${weakness}`,
	weak: (time: string) =>
		`faible : quiconque copie ce profil le devine ${time}, et lit vos clés et vos messages. Quatre mots au hasard valent mieux.`,
	withinAMinute: 'en moins d’une minute',
	inMinutes: (count: number) => `en ${plural(count, {one: `${count} minute`, other: `${count} minutes`})} environ`,
	inHours: (count: number) => `en ${plural(count, {one: `${count} heure`, other: `${count} heures`})} environ`,
	inDays: (count: number) => `en ${plural(count, {one: `${count} jour`, other: `${count} jours`})} environ`,
	tooManyChanges: (seconds: number) => `trop de changements : réessayez dans ${seconds} s`,
	changeOffline: 'l’annuaire est injoignable : changez le mot de passe une fois la connexion établie',

	unreachable: (place: string) => `personne ne répond à ${place} : vérifiez l’adresse, votre réseau et le serveur`,
	timeout: (place: string) => `${place} ne répond pas à temps : réessayez plus tard`,
	closed: (place: string) => `${place} a fermé la connexion : réessayez plus tard`,
	later: (place: string, seconds: number) => `${place} refuse pour l’instant : réessayez dans ${seconds} s`,
	memory: (place: string) =>
		`${place} demande, pour dériver la clé du mot de passe, plus de mémoire qu’il n’y en a : quittez d’autres programmes et réessayez`,
	otherProtocol: (place: string, flaw: string) =>
		`${place} ne parle pas notre protocole (${flaw}) : est-ce un serveur simchat de cette version ?`,
	notUnderstood: (place: string) => `${place} ne nous a pas compris : est-ce un serveur simchat de cette version ?`,
	serverKey: (place: string) =>
		`ATTENTION : ${place} n’est pas le serveur de votre inscription : il n’en a pas la clé. Quelqu’un se fait peut-être passer pour lui. Rien ne lui a été envoyé qui puisse l’aider. Si l’administrateur dit que la clé a été remplacée, demandez un nouveau lien d’accès`,
	otherDevice:
		'le mot de passe est bon, mais cet appareil n’est pas celui du compte : sa clé d’identité a été remplacée. Demandez à l’administrateur du serveur de réinitialiser le compte',
	gone: 'ce compte n’existe plus sur le serveur : demandez à son administrateur',
	deviceRemoved:
		'un autre appareil de ce compte a retiré celui-ci : ajoutez-le de nouveau là-bas, comme nouvel appareil',

	portOfSystem: (port: number, from: number) =>
		`le port UDP ${port} appartient au système : choisissez-en un de ${from} à 65535 avec --port`,
	portUnusable: (port: number, code: string) =>
		`le port UDP ${port} ne peut pas être ouvert (${code}) : choisissez-en un autre avec --port`,
	portTaken: (port: number) =>
		`le port UDP ${port} est pris par un autre programme : quittez-le, ou choisissez un autre port avec --port`,
	portTakenBy: (port: number, program: string, pid: number) =>
		`le port UDP ${port} est pris par ${program} (processus ${pid}) : quittez-le, ou choisissez un autre port avec --port`,
};
