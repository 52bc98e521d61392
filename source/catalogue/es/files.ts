// The files of a profile. Errors follow `simchat: ` and say what to do next. `why`: the system's code, such as ENOSPC.
export const files = {
	unknownReason: 'motivo desconocido',
	diskFull: 'el disco está lleno',
	cannotReplace: (file: string, why: string) =>
		`no se puede escribir ${file} (${why}): libera espacio o da permiso de escritura; el archivo anterior se conserva`,
	cannotWrite: (file: string, why: string) =>
		`no se puede escribir ${file} (${why}): libera espacio o da permiso de escritura; lo que había se conserva`,
	cannotCopy: (file: string, why: string) =>
		`no se puede escribir ${file} (${why}): libera espacio o elige otra carpeta; el original se conserva`,
	cannotTrace: (file: string, why: string) =>
		`no se puede escribir el registro en ${file}: ${why}. Pon en SIMCHAT_TRACE un archivo en el que se pueda escribir, o no lo definas`,
	newer: (file: string) => `${file} lo escribió un simchat más nuevo: actualiza este`,
	busy: (folder: string) => `otro simchat usa ${folder}: usa ese, o elige otra carpeta con --profile`,
	noProfile: (folder: string, why: string) =>
		`${folder} no sirve como perfil (${why}): haz que sea una carpeta con permiso de escritura, o elige otra con --profile`,
	historyDamaged: (file: string) =>
		`${file} está dañado y se dejó como estaba: pon una copia en su lugar, o muévelo a otro sitio para seguir sin los mensajes anteriores`,
	settingsDamaged: (file: string) =>
		`${file} está dañado y se dejó como estaba: pon una copia en su lugar, o repáralo a mano; sin él el perfil no conoce su cuenta`,
	settingWrong: (file: string, wrong: string) => `${file}: ${wrong}; corrígelo ahí, o quítalo`,
	vaultThere: (file: string) => `${file} ya existe: contiene una clave de identidad`,
	vaultDamaged: (file: string) =>
		`${file} está dañado y se dejó como estaba: pon una copia en su lugar. Sin ella, la clave de identidad se pierde: pide al administrador del servidor que restablezca la cuenta, y regístrate en una carpeta nueva con --profile`,
	vaultUnreadable: (file: string, why: string) =>
		`no se puede leer ${file} (${why}): pon una copia en su lugar; contiene la clave de identidad de este dispositivo`,
	vaultFull: (most: number) => `la bóveda recuerda a ${most} personas y está llena`,
	copyDamaged: (fault: string) => `la copia está dañada (${fault}): usa otra`,
	notEmptyForCopy: (folder: string) =>
		`${folder} no está vacía, y se dejó como estaba: una copia necesita una carpeta propia`,
	notEmptyForProfile: (folder: string) =>
		`${folder} no está vacía, y se dejó como estaba: una copia se convierte en un perfil propio: elige otra carpeta con --profile`,
};
