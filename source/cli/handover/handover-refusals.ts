// Why another process that has the profile does not do a command, and what to do: exit code 69, unless the command was under way.
import {type NewMessage} from '../to-send.ts';
import {Failure} from '../failure.ts';
import {EXIT_CODES} from '../sysexits.ts';

export function nobodyHere(folder: string): Failure {
	return refusal(folder, 'nobody has signed in there: sign in there, or quit it');
}

export function otherVersion(folder: string): Failure {
	return refusal(folder, 'it is of another version: quit it, or choose another folder with --profile');
}

export function unproven(folder: string): Failure {
	return refusal(folder, 'it does not know the key of the vault: quit it');
}

export function noAnswer(folder: string): Failure {
	return refusal(folder, 'it does not answer, and nothing was done: continue it with fg if it is stopped, or end it');
}

export function ownPort(folder: string): Failure {
	return refusal(
		folder,
		'its port is open: leave out --port and it does the command, or quit it first to change the port',
	);
}

export function copiedAlone(folder: string): Failure {
	return refusal(
		folder,
		'a profile is copied while nobody uses it: quit that one (Ctrl-C ends a tail), then try again',
	);
}

class BrokenOff extends Failure {}

export function isBroken(error: unknown): boolean {
	return error instanceof BrokenOff;
}

/** 75: what is true of a command that was under way. `sent` is the last message of one that sends. */
export function brokenOff(folder: string, why: string, sent: NewMessage | undefined): Failure {
	const outcome =
		sent === undefined
			? 'it is not known whether all of it was done: look, and try again'
			: sent.isKept
				? 'the last message is kept on this disk, and goes out when simchat runs'
				: 'it is not known whether the last message is kept: look before you send it again';
	return new BrokenOff(EXIT_CODES.tempFail, `another simchat used ${folder}, and ${why}: ${outcome}`);
}

function refusal(folder: string, why: string): Failure {
	return new Failure(EXIT_CODES.unavailable, `another simchat uses ${folder}: ${why}`);
}
