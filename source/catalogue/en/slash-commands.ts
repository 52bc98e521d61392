// What the slash commands do. The commands themselves stay as they are, and so does whatever is typed letter by letter: today, off, --verbose.
export const slashCommands = {
	/**
	 * `words`: what is typed behind the command, in capital letters where it stands for something, in brackets where it may be left out.
	 * `help`: a line, without a capital letter and a stop; some 44 cells, longer ones take more rows.
	 */
	msg: {words: 'NAME [TEXT]', help: 'open a conversation, and send TEXT'},
	add: {words: 'NAME', help: 'add somebody to the list'},
	remove: {words: '[NAME]', help: 'take somebody off the list; what was said stays'},
	block: {words: '[NAME]', help: 'block or unblock; they see you offline'},
	verify: {words: '[NAME]', help: 'show the safety number, to compare in person or by telephone'},
	trust: {words: '[NAME]', help: 'take a changed key without comparing'},
	accept: {words: '[NAME]', help: 'talk to a stranger who wrote first'},
	nick: {
		words: '[NICKNAME]',
		help: 'what you call them, seen by you alone; without NICKNAME: their name',
	},
	devices: {
		words: '[add|remove|rename]',
		help: 'your devices; add: a link for one more; remove DEVICE; rename DEVICE LABEL',
	},
	away: {words: '[WHY]', help: 'tell contacts that you are away; without WHY: you are back'},
	reply: {words: '', help: 'reply to their newest message'},
	edit: {words: '', help: 'edit your newest message'},
	delete: {words: '', help: 'delete your newest message, on both sides'},
	react: {words: '[EMOJI]', help: 'react to their newest message'},
	me: {words: 'TEXT', help: 'say what you do: * you TEXT'},
	raw: {words: '', help: 'show the newest message on the screen plain, or with its markup again'},
	/** [off] stays. */
	pin: {
		words: '[off]',
		help: 'pin the message that you reply to, or else the newest, for both; the title shows it',
	},
	/** All of `words` stays. */
	timer: {words: '[30s|5m|1h|1d|1w|off]', help: 'have messages of both disappear so long after they were read'},
	/** The date, today and yesterday stay. */
	goto: {words: 'DATE', help: 'the first message of a day: 2026-11-03, today, yesterday'},
	outbox: {words: '', help: 'what waits to be delivered, or has failed'},
	forget: {words: '', help: 'delete this conversation from this disk, for good'},
	send: {words: 'FILE …', help: 'offer files; Tab completes paths'},
	get: {words: '[FILE]', help: 'get the file that was offered last, or FILE'},
	decline: {words: '[FILE]', help: 'decline the file that was offered last, or FILE'},
	stop: {words: '[FILE]', help: 'stop the file that is under way, for both sides; asks first'},
	retry: {words: '', help: 'queue the failed messages of this conversation again'},
	mute: {words: '[NAME]', help: 'no notifications for somebody; again to undo'},
	who: {words: '[PREFIX]', help: 'names in the directory that begin with PREFIX'},
	search: {words: '[WORDS]', help: 'find what was said, here and everywhere'},
	theme: {words: '[NAME]', help: 'colours; without NAME: which themes there are'},
	settings: {words: '', help: 'theme, glyphs, notifications, mouse, keys'},
	password: {words: '', help: 'change the password of your account'},
	recovery: {words: '[remove]', help: 'make recovery words, for when every device is lost'},
	/** [--verbose] stays. */
	doctor: {
		words: '[--verbose]',
		help: 'what was tried to reach the directory and each contact, and what to do; --verbose: what was dropped, too',
	},
	reconnect: {words: '', help: 'connect to the server now, without waiting for the next try'},
	help: {words: '', help: 'keys and commands'},
	quit: {words: '', help: 'quit'},
};
