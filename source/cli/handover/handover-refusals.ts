// Why another process that has the profile does not do a command, and what to do: exit code 69, unless the command was under way.
import {type NewMessage} from '../to-send.ts';
import {Failure} from '../failure.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

export function nobodyHere(folder: string): Failure {
	return refusal(folder, catalogue.handover.nobodyHere);
}

export function otherVersion(folder: string): Failure {
	return refusal(folder, catalogue.handover.otherVersion);
}

export function unproven(folder: string): Failure {
	return refusal(folder, catalogue.handover.unproven);
}

export function noAnswer(folder: string): Failure {
	return refusal(folder, catalogue.handover.noAnswer);
}

export function ownPort(folder: string): Failure {
	return refusal(folder, catalogue.handover.ownPort);
}

export function copiedAlone(folder: string): Failure {
	return refusal(folder, catalogue.handover.copiedAlone);
}

export function botAlone(folder: string): Failure {
	return refusal(folder, catalogue.handover.botAlone);
}

class BrokenOff extends Failure {}

export function isBroken(error: unknown): boolean {
	return error instanceof BrokenOff;
}

/** 75: what is true of a command that was under way. `sent` is the last message of one that sends. */
export function brokenOff(folder: string, why: 'silent' | 'ended', sent: NewMessage | undefined): Failure {
	const {outcomes, ...words} = catalogue.handover;
	const outcome = sent === undefined ? outcomes.unknown : sent.isKept ? outcomes.kept : outcomes.unsure;
	return new BrokenOff(EXIT_CODES.tempFail, words[why](folder, outcome));
}

function refusal(folder: string, why: string): Failure {
	return new Failure(EXIT_CODES.unavailable, catalogue.handover.refused(folder, why));
}
