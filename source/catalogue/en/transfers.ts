// Files between people: why one is not offered, and why one does not come.
export const transfers = {
	/** `file`: a path, as it was typed. */
	offers: {
		missing: (file: string) => `there is no file ${file}: check the path`,
		folder: (file: string) => `${file} is a folder: pack it first, with tar for instance, and send the archive`,
		special: (file: string) => `${file} is no file with content: a pipe, a socket or a device cannot be sent`,
		unreadable: (file: string) => `${file} cannot be read: make it readable, or send another one`,
		changed: (file: string) => `${file} changed while it was read: try again once nothing writes to it`,
	},
	/** Each says what to do. */
	problems: {
		'no-room': 'there is not enough room on this disk: make room, then get it again',
		folder:
			'the download folder cannot be written to: make it writable or choose another one (downloads, in the settings), then get it again',
		limit: 'the file is larger than the limit in the settings (fileLimit): raise it, then get it again',
		changed: 'the file was changed at its sender: ask for it to be sent again',
		unreadable: 'the file cannot be read at its sender: ask for it to be sent again',
		missing: 'its sender does not have the file any more: ask for it to be sent again',
		damaged: 'what came is not what was offered: get it again, or ask for it to be sent again',
		disk: 'the disk did not take it: look after the disk, then get it again',
	},
	/** How a command for files ends. */
	ends: {
		waits: (name: string) =>
			`the file is offered to ${name}, who has not got all of it yet: it goes on when simchat runs again`,
		declined: (name: string) => `${name} does not want the file`,
		stopped: (name: string) => `the file was stopped: offer it again if ${name} is to have it`,
		comesLater: (name: string) => `the file is not here yet: it comes by itself when simchat runs, and ${name} does`,
		noOffer: (name: string) => `${name} has offered no file`,
	},
	/** An offer, as a line of a log. */
	line: (file: string, bytes: number) => `file: ${file}, ${bytes} bytes`,
};
