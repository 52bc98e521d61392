// How it stands with a file that a message offers: from what both sides have said of it, and from the transfer on this device, if there is one.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type FileProblem, type Message, type Transfer, otherIn, savedName} from '../../client/snapshot.ts';
import {sizeText} from '../text/file-size.ts';
import {homePath} from '../text/home-path.ts';
import {safeName} from '../text/safe.ts';

/** Seconds of each unit that the time left is told in. */
const [MINUTE, HOUR] = [60, 3600];
/** What would take longer is told as nothing. */
const LONGEST = 100 * HOUR;

/** stopped: `by` the side of the message's direction. Of an own file 'waiting' is wanted and not under way. */
export type OfferState =
	| {readonly kind: 'offered' | 'checking' | 'declined'}
	| ({readonly kind: 'waiting' | 'running'} & Pick<Transfer, 'done' | 'size' | 'rate'>)
	| {readonly kind: 'done'; readonly path?: string | undefined}
	| {readonly kind: 'stopped'; readonly by: Message['direction']}
	| {readonly kind: 'failed'; readonly problem: FileProblem};

/** A message that offers a file, and has not been deleted. */
export type OfferMessage = Message & Required<Pick<Message, 'file'>>;

export function hasFile(message: Message): message is OfferMessage {
	return message.file !== undefined && message.deleted !== true;
}

/** `transfer` of this message, on this device. */
export function offerState({direction, file}: OfferMessage, transfer: Transfer | undefined): OfferState {
	const {answers, size} = file;
	if (direction === 'in') return stateHere(answers, transfer);
	const {in: theirs, out: ours} = answers;
	if (ours === 'stopped' || theirs === 'stopped') return {kind: 'stopped', by: ours === 'stopped' ? 'out' : 'in'};
	if (theirs === 'declined') return {kind: 'declined'};
	if (theirs === 'received') return {kind: 'done'};
	if (transfer !== undefined) {
		const {state, done, rate} = transfer;
		return {kind: state === 'running' ? 'running' : 'waiting', done, size, rate};
	}

	return theirs === 'accepted' ? {kind: 'waiting', done: 0, size, rate: 0} : {kind: 'offered'};
}

/** Of a file of theirs. */
function stateHere(
	{in: theirs, out: ours}: OfferMessage['file']['answers'],
	transfer: Transfer | undefined,
): OfferState {
	const {state, problem, path} = transfer ?? {};
	if (state === 'done') return {kind: 'done', path};
	if (theirs === 'stopped' && ours !== 'received') return {kind: 'stopped', by: 'in'};
	if (transfer !== undefined && (state === 'waiting' || state === 'running')) {
		const {done, size, rate} = transfer;
		return {kind: state, done, size, rate};
	}

	if (state === 'checking') return {kind: 'checking'};
	if (state === 'failed' && problem !== undefined) return {kind: 'failed', problem};
	if (ours === 'received') return {kind: 'done'};
	if (ours === 'declined') return {kind: 'declined'};
	// Wanted on another device, or given up before this start: it can be got here.
	return ours === 'stopped' ? {kind: 'stopped', by: 'out'} : {kind: 'offered'};
}

/** It can be got, without being asked for by name. */
export function canGet({direction}: Message, state: OfferState): boolean {
	const {kind} = state;
	const isStoppedHere = kind === 'stopped' && state.by === 'out';
	return direction === 'in' && (kind === 'offered' || kind === 'declined' || kind === 'failed' || isStoppedHere);
}

/** How one gets rid of it; undefined where there is nothing to get rid of. */
export function refusalOf({direction}: Message, {kind}: OfferState): 'decline' | 'stop' | undefined {
	if (direction === 'in' && (kind === 'offered' || kind === 'failed')) return 'decline';
	const isOpen = kind === 'offered' || kind === 'waiting' || kind === 'running' || kind === 'checking';
	return isOpen ? 'stop' : undefined;
}

/** As it is called here: harmless, and as its receiver has it. */
export function fileName({file}: OfferMessage): string {
	return safeName(savedName(file.name));
}

/** From 0 to 1. */
export function shareOf({done, size}: Pick<Transfer, 'done' | 'size'>): number {
	return size === 0 ? 1 : Math.min(1, done / size);
}

/** How far and how fast, the most important first. */
export function progressWords({done, size, rate}: Pick<Transfer, 'done' | 'size' | 'rate'>): string[] {
	const {percent, rate: speed, left} = catalogue.offeredFiles;
	const words = [percent(String(Math.floor(shareOf({done, size}) * 100)))];
	if (rate <= 0) return words;
	const seconds = (size - done) / rate;
	return [...words, speed(sizeText(rate)), ...(seconds < LONGEST ? [left(durationLeft(seconds))] : [])];
}

function durationLeft(seconds: number): string {
	const {seconds: inSeconds, minutes, hours} = catalogue.time;
	if (seconds < MINUTE) return inSeconds(Math.max(1, Math.ceil(seconds)));
	return seconds < HOUR ? minutes(Math.ceil(seconds / MINUTE)) : hours(Math.ceil(seconds / HOUR));
}

/** In words, all of it. `isSelected`: keys act on it. */
export function offerWords(message: OfferMessage, state: OfferState, isSelected = false): string {
	const {theirs, ours, stopped, stoppedBy} = catalogue.offeredFiles;
	const name = safeName(otherIn(message.conversation));
	const isOurs = message.direction === 'out';
	switch (state.kind) {
		case 'offered':
			if (isOurs) return ours.offered;
			return isSelected ? theirs.offeredEnter : theirs.offered;
		case 'waiting': {
			const words = isOurs ? ours.accepted(name) : theirs.waiting(name);
			return state.done > 0 ? `${progressWords({...state, rate: 0}).join('')} · ${words}` : words;
		}

		case 'running':
			return progressWords(state).join(' · ');
		case 'checking':
			return theirs.checking;
		case 'done':
			if (isOurs) return ours.received(name);
			return state.path === undefined ? theirs.received : theirs.saved(homePath(state.path));
		case 'declined':
			return isOurs ? ours.declined(name) : theirs.declined;
		case 'stopped':
			return state.by === 'out' ? stopped : stoppedBy(name);
		default:
			return catalogue.transfers.problems[state.problem];
	}
}
