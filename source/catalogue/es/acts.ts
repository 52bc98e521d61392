// What a contact did, in the log of `tail`. A line each; `name` is the contact's.
export const acts = {
	edited: (name: string, text: string) => `${name} cambió un mensaje: ${text}`,
	deleted: (name: string) => `${name} eliminó un mensaje`,
	reacted: (name: string, emoji: string) => `${name} reaccionó con ${emoji}`,
	reactionGone: (name: string) => `${name} retiró una reacción`,
	timer: (name: string, seconds: number) => `${name} hace desaparecer los mensajes ${seconds} s después de leerlos`,
	timerOff: (name: string) => `${name} deja de hacer desaparecer los mensajes`,
	pinned: (name: string) => `${name} fijó un mensaje`,
	unpinned: (name: string) => `${name} dejó de fijar un mensaje`,
	/** What became of a file that was offered. */
	files: {
		accepted: (name: string) => `${name} acepta el archivo`,
		declined: (name: string) => `${name} no quiere el archivo`,
		received: (name: string) => `${name} tiene el archivo`,
		stopped: (name: string) => `${name} detuvo el archivo`,
	},
};
