// Changer le mot de passe, et reprendre celui qui a été changé sur un autre appareil.
export const password = {
	title: 'changer le mot de passe',
	fields: {old: 'actuel', fresh: 'nouveau', again: 'encore une fois'},
	hint: 'Enter continue · Esc annule',
	newerHint: 'Enter le reprend · Esc annule',
	working: 'Les clés sont calculées à partir du mot de passe, et le serveur est interrogé.',
	newerIntro:
		'Le mot de passe a été changé sur un autre appareil. Tapez le nouveau : cet appareil s’ouvre avec lui dès lors.',
	changed: 'le mot de passe est changé : vos autres appareils demanderont le nouveau à leur prochaine connexion',
	takenOver: 'le nouveau mot de passe est repris : cet appareil s’ouvre désormais avec lui',
	elsewhere:
		'ce mot de passe ouvre le profil, mais le compte en a un autre : il a été changé sur un autre appareil, ou l’admin du serveur a réinitialisé le compte. Tapez ici le nouveau, ou lancez simchat password',
	former:
		'c’est le nouveau mot de passe du compte, mais le profil s’ouvre encore avec l’ancien : tapez celui-ci encore une fois ici, ou lancez simchat password',
	outOfDate: 'le mot de passe a été changé sur un autre appareil : /password ou simchat password reprend le nouveau',
	askNewer: 'Nouveau mot de passe, comme sur l’autre appareil : ',
	askFormer: 'Ancien mot de passe de cet appareil : ',
	noSecond: 'la deuxième ligne de l’entrée standard est le nouveau mot de passe, et elle est vide',
	notInLines: 'ce qui est tapé ici peut être lu : lancez simchat password à côté',
};
