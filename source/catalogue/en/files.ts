// The files of a profile. Errors follow `simchat: ` and say what to do next. `why`: the system's code, such as ENOSPC.
export const files = {
	unknownReason: 'unknown reason',
	diskFull: 'the disk is full',
	/** The file is as it was before. */
	cannotReplace: (file: string, why: string) =>
		`cannot write ${file} (${why}): make room or make it writable; the old file stands`,
	/** Of the history. */
	cannotWrite: (file: string, why: string) =>
		`cannot write ${file} (${why}): make room or make it writable; what was there stands`,
	cannotCopy: (file: string, why: string) =>
		`cannot write ${file} (${why}): make room or choose another folder; the original stands`,
	/** `why` may stand at the end of a sentence. */
	cannotTrace: (file: string, why: string) =>
		`cannot write the trace to ${file}: ${why}. Set SIMCHAT_TRACE to a file that can be written, or leave it out`,
	newer: (file: string) => `${file} was written by a newer simchat: update this one`,
	busy: (folder: string) => `another simchat uses ${folder}: use that one, or choose another folder with --profile`,
	noProfile: (folder: string, why: string) =>
		`cannot use ${folder} as a profile (${why}): make it a writable folder, or choose another with --profile`,
	historyDamaged: (file: string) =>
		`${file} is damaged and was left as it is: put a copy in its place, or move it away to go on without what was said`,
	settingsDamaged: (file: string) =>
		`${file} is damaged and was left as it is: put a copy in its place, or repair it by hand; without it the profile does not know its account`,
	/** `wrong`: a name in the file, and what is wrong with its value, from elsewhere. */
	settingWrong: (file: string, wrong: string) => `${file}: ${wrong}; correct it there, or take it out`,
	vaultThere: (file: string) => `${file} is there already: it holds an identity key`,
	vaultDamaged: (file: string) =>
		`${file} is damaged and was left as it is: put a copy in its place. Without one the identity key is lost: ask the server’s admin for a reset, and sign up in a new folder with --profile`,
	vaultUnreadable: (file: string, why: string) =>
		`cannot read ${file} (${why}): put a copy in its place; it holds this device’s identity key`,
	vaultFull: (most: number) => `the vault remembers ${most} people and is full`,
	/** `fault`: what is damaged, such as `history.damagedPage`. */
	copyDamaged: (fault: string) => `the copy is damaged (${fault}): use another one`,
	// Of a folder into which a copy was to go, and one in which a copy was to become a profile.
	notEmptyForCopy: (folder: string) =>
		`${folder} is not empty, and was left as it is: a copy goes into a folder of its own`,
	notEmptyForProfile: (folder: string) =>
		`${folder} is not empty, and was left as it is: a copy becomes a profile of its own: choose another folder with --profile`,
};
