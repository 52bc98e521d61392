// What a contact did, in the log of `tail`. A line each; `name` is the contact's.
export const acts = {
	edited: (name: string, text: string) => `${name} a modifié un message : ${text}`,
	deleted: (name: string) => `${name} a supprimé un message`,
	reacted: (name: string, emoji: string) => `${name} a réagi avec ${emoji}`,
	reactionGone: (name: string) => `${name} a retiré une réaction`,
	timer: (name: string, seconds: number) => `${name} fait disparaître les messages ${seconds} s après leur lecture`,
	timerOff: (name: string) => `${name} ne fait plus disparaître les messages`,
	pinned: (name: string) => `${name} a épinglé un message`,
	unpinned: (name: string) => `${name} a désépinglé un message`,
	/** What became of a file that was offered. */
	files: {
		accepted: (name: string) => `${name} accepte le fichier`,
		declined: (name: string) => `${name} ne veut pas du fichier`,
		received: (name: string) => `${name} a le fichier`,
		stopped: (name: string) => `${name} a arrêté le fichier`,
	},
};
