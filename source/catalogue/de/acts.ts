// What a contact did, in the log of `tail`. A line each; `name` is the contact's.
export const acts = {
	edited: (name: string, text: string) => `${name} hat eine Nachricht geändert: ${text}`,
	deleted: (name: string) => `${name} hat eine Nachricht gelöscht`,
	reacted: (name: string, emoji: string) => `${name} hat mit ${emoji} reagiert`,
	reactionGone: (name: string) => `${name} hat eine Reaktion zurückgenommen`,
	timer: (name: string, seconds: number) => `${name} lässt Nachrichten ${seconds} s nach dem Lesen verschwinden`,
	timerOff: (name: string) => `${name} lässt Nachrichten nicht mehr verschwinden`,
	pinned: (name: string) => `${name} hat eine Nachricht angeheftet`,
	unpinned: (name: string) => `${name} hat die angeheftete Nachricht gelöst`,
	/** What became of a file that was offered. */
	files: {
		accepted: (name: string) => `${name} nimmt die Datei an`,
		declined: (name: string) => `${name} möchte die Datei nicht`,
		received: (name: string) => `${name} hat die Datei`,
		stopped: (name: string) => `${name} hat die Datei abgebrochen`,
	},
};
