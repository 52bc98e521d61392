// A command that finds its profile open in another simchat, and what keeps that one from doing it. “It”: the other simchat.
export const handover = {
	refused: (folder: string, why: string) => `un autre simchat utilise ${folder} : ${why}`,
	nobodyHere: 'personne ne s’y est connecté : connectez-vous là, ou quittez-le',
	otherVersion: 'il est d’une autre version : quittez-le, ou choisissez un autre dossier avec --profile',
	unproven: 'il ne connaît pas la clé du coffre : quittez-le',
	noAnswer: 'il ne répond pas, et rien n’a été fait : reprenez-le avec fg s’il est suspendu, ou quittez-le',
	ownPort: 'son port est ouvert : retirez --port et il exécute la commande, ou quittez-le d’abord pour changer de port',
	copiedAlone: 'un profil se copie quand personne ne l’utilise : quittez celui-là (Ctrl-C arrête tail), puis réessayez',
	botAlone:
		'un bot fonctionne dans le processus qui a le profil : quittez celui-là, ou donnez au bot son propre compte',
	silent: (folder: string, outcome: string) => `un autre simchat utilisait ${folder}, et ne répond plus : ${outcome}`,
	ended: (folder: string, outcome: string) => `un autre simchat utilisait ${folder}, et s’est terminé : ${outcome}`,
	outcomes: {
		unknown: 'on ne sait pas si tout a été fait : vérifiez, et réessayez',
		kept: 'le dernier message est gardé sur ce disque, et partira quand simchat sera lancé',
		unsure: 'on ne sait pas si le dernier message est gardé : vérifiez avant de le renvoyer',
	},
	wrongPassword: 'mot de passe incorrect : le profil ouvert en a un autre ; réessayez',
	notDone: 'l’autre simchat ne l’a pas fait',
};
