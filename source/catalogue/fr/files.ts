// The files of a profile. Errors follow `simchat: ` and say what to do next. `why`: the system's code, such as ENOSPC.
export const files = {
	unknownReason: 'raison inconnue',
	diskFull: 'le disque est plein',
	cannotReplace: (file: string, why: string) =>
		`impossible d’écrire ${file} (${why}) : libérez de la place ou rendez-le accessible en écriture ; l’ancien fichier reste`,
	cannotWrite: (file: string, why: string) =>
		`impossible d’écrire ${file} (${why}) : libérez de la place ou rendez-le accessible en écriture ; ce qu’il contenait reste`,
	cannotCopy: (file: string, why: string) =>
		`impossible d’écrire ${file} (${why}) : libérez de la place ou choisissez un autre dossier ; l’original reste`,
	cannotTrace: (file: string, why: string) =>
		`impossible d’écrire la trace dans ${file} : ${why}. Indiquez dans SIMCHAT_TRACE un fichier accessible en écriture, ou retirez-le`,
	newer: (file: string) => `${file} a été écrit par un simchat plus récent : mettez celui-ci à jour`,
	busy: (folder: string) =>
		`un autre simchat utilise ${folder} : servez-vous de celui-là, ou choisissez un autre dossier avec --profile`,
	noProfile: (folder: string, why: string) =>
		`${folder} ne peut pas servir de profil (${why}) : faites-en un dossier accessible en écriture, ou choisissez-en un autre avec --profile`,
	historyDamaged: (file: string) =>
		`${file} est endommagé et a été laissé tel quel : mettez une copie à sa place, ou déplacez-le pour continuer sans les messages passés`,
	settingsDamaged: (file: string) =>
		`${file} est endommagé et a été laissé tel quel : mettez une copie à sa place, ou réparez-le à la main ; sans lui le profil ne connaît pas son compte`,
	settingWrong: (file: string, wrong: string) => `${file} : ${wrong} ; corrigez-le là, ou retirez-le`,
	vaultThere: (file: string) => `${file} existe déjà : il contient une clé d’identité`,
	vaultDamaged: (file: string) =>
		`${file} est endommagé et a été laissé tel quel : mettez une copie à sa place. Sans copie, la clé d’identité est perdue : demandez à l’administrateur du serveur de réinitialiser le compte, et inscrivez-vous dans un nouveau dossier avec --profile`,
	vaultUnreadable: (file: string, why: string) =>
		`impossible de lire ${file} (${why}) : mettez une copie à sa place ; il contient la clé d’identité de cet appareil`,
	vaultFull: (most: number) => `le coffre retient ${most} personnes et il est plein`,
	copyDamaged: (fault: string) => `la copie est endommagée (${fault}) : utilisez-en une autre`,
	notEmptyForCopy: (folder: string) =>
		`${folder} n’est pas vide, et a été laissé tel quel : une copie va dans un dossier à elle`,
	notEmptyForProfile: (folder: string) =>
		`${folder} n’est pas vide, et a été laissé tel quel : une copie devient un profil à part : choisissez un autre dossier avec --profile`,
};
