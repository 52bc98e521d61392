// Whether a direction of the talk is whole: what its sender has and says of it against what its receiver has. Pure.
import {type Buffer} from 'node:buffer';
import {createHash} from 'node:crypto';
import {type MessageState} from '../../source/client/snapshot.ts';

/** A message as it lies in a history. */
export type Seen = {
	readonly id: string;
	/** As its text says; 0 when that is gone. */
	readonly number: number;
	readonly state: MessageState;
	/** Of its text. */
	readonly digest: string;
	/** What was done about it, by the number of the text after which it was done; 0: nothing. By its sender: */
	readonly edited: number;
	readonly erased: boolean;
	/** By its receiver: */
	readonly reaction: number;
};

/** A file by its name, and `digestOf` of what is in it. */
export type SavedFile = {readonly name: string; readonly digest: string};

/** What was heard of a direction so far, by id; times in ns of the machine's monotonic clock. */
export type Evidence = {
	/** The number of each message that `send` has returned for. */
	readonly returned: Map<string, number>;
	/** When the receiver was first known to have it on its disk. */
	readonly landed: Map<string, bigint>;
	/** When the sender first said that it was delivered. */
	readonly claimed: Map<string, bigint>;
	/** The last edit and reaction that returned, as `Seen` numbers them, and what `erase` returned for. */
	readonly edited: Map<string, number>;
	readonly reacted: Map<string, number>;
	readonly erased: Set<string>;
};

/** What a sender was to write: a text under a number, and in its place after another one. */
export type Script = {
	readonly textOf: (number: number) => string;
	readonly editOf: (number: number, after: number) => string;
};

/** Both histories of a direction, each in the order of its disk, oldest first. */
export type Histories = {readonly sent: readonly Seen[]; readonly received: readonly Seen[]};

export const KINDS = [
	'lost',
	'doubled',
	'out of order',
	'forgotten',
	'altered',
	'false state',
	'stuck',
	'starved',
] as const;
export type Kind = (typeof KINDS)[number];
export type Violation = {readonly kind: Kind; readonly what: string};

/** Messages of a direction that land in a round, on the average; a machine that is busy with other things has two or three. */
const LEAST_A_ROUND = 0.2;
const SETTLED: ReadonlySet<MessageState> = new Set(['delivered', 'read']);

export function newEvidence(): Evidence {
	const [returned, landed, claimed] = [new Map<string, number>(), new Map<string, bigint>(), new Map<string, bigint>()];
	return {returned, landed, claimed, edited: new Map(), reacted: new Map(), erased: new Set()};
}

/** Call it once nothing is under way any more. */
export function check({sent, received}: Histories, evidence: Evidence, script: Script): Violation[] {
	const {returned, landed, claimed} = evidence;
	const violations: Violation[] = [...forgottenBySender(sent, evidence), ...forgottenByReceiver(received, evidence)];
	const found = (kind: Kind, what: string) => violations.push({kind, what});
	const places = new Map(sent.map(({id}, place) => [id, place]));
	const there = new Map<string, Seen>();
	let last = -1;
	for (const message of received) {
		const {id, number} = message;
		const place = places.get(id);
		if (there.has(id)) found('doubled', `${number} is there twice`);
		else if (place === undefined) found('altered', `${number} came, and nobody has sent it`);
		else if (place < last) found('out of order', `${number} came after ${sent[last]!.number}`);
		else last = place;
		there.set(id, message);
	}

	let newest = 0;
	for (const message of sent) {
		const {id, number, state} = message;
		const name = String(returned.get(id) ?? number);
		const arrived = there.get(id);
		if (arrived === undefined) found('lost', `${name} never came, and its sender shows ‘${state}’`);
		else if (faceOf(arrived) !== faceOf(message)) found('altered', `${name} is not the same on both sides`);
		if (!isAsWritten(message, script)) found('altered', `${name} is not what was said`);
		if (!SETTLED.has(state)) found('false state', `${name} is ‘${state}’ at its sender, and all is quiet`);
		if (number === 0) continue;
		if (number <= newest) found('out of order', `${name} lies behind ${newest} at its sender`);
		newest = Math.max(newest, number);
	}

	for (const [id, number] of returned) if (!places.has(id)) found('forgotten', `${number}: send had returned`);
	for (const [id, time] of claimed) {
		const disk = landed.get(id);
		const number = String(returned.get(id) ?? id);
		if (disk === undefined) found('false state', `${number} was called delivered, and its receiver never had it`);
		else if (disk > time) found('false state', `${number} was called delivered before it was on its receiver's disk`);
	}

	return violations;
}

/** What a direction's files are to be: by the number of the message that offers one, its name and digest; undefined where there is none. */
export type FileScript = (number: number) => SavedFile | undefined;

/** Whether each file that was offered, and is not deleted, is there once, whole, and nothing else is. */
export function checkFiles(sent: readonly Seen[], saved: readonly SavedFile[], script: FileScript): Violation[] {
	const violations: Violation[] = [];
	const found = (kind: Kind, what: string) => violations.push({kind, what});
	const left = new Map(saved.map(({name, digest}) => [name, digest]));
	for (const {number, erased} of sent) {
		const file = number === 0 ? undefined : script(number);
		if (file === undefined) continue;
		const digest = left.get(file.name);
		left.delete(file.name);
		if (digest === undefined && !erased) found('lost', `the file ${file.name}`);
		else if (digest !== undefined && digest !== file.digest) found('altered', `the file ${file.name}`);
	}

	for (const name of left.keys()) {
		// Of a message that was deleted the number is gone, and the file may have been there before.
		const number = Number(/^(?<number>\d+)\.bin$/.exec(name)?.groups?.['number'] ?? 0);
		const isErased = script(number)?.digest === left.get(name) && sent.some(({erased}) => erased);
		if (!isErased) found('doubled', `a file ${name} that nobody has offered under that name, or a part of one`);
	}

	return violations;
}

/** What a sender shows when it is back from a kill, the newest of it: nothing that was known may be gone or taken back. */
export function checkRestart(shown: readonly Seen[], evidence: Evidence): Violation[] {
	const {returned, claimed} = evidence;
	const violations: Violation[] = [...forgottenBySender(shown, evidence)];
	const ids = new Set(shown.map(({id}) => id));
	const oldest = shown.find(({number}) => number > 0)?.number ?? 1;
	for (const [id, number] of returned) {
		if (number < oldest || ids.has(id)) continue;
		violations.push({kind: 'forgotten', what: `${number}: send had returned, and it is gone after a restart`});
	}

	for (const {id, number, state} of shown) {
		if (!claimed.has(id) || SETTLED.has(state)) continue;
		violations.push({kind: 'false state', what: `${number} was delivered, and is ‘${state}’ after a restart`});
	}

	return violations;
}

/** Whether a direction got on while its people were killed and a stranger was about: messages that landed in so many rounds. */
export function checkProgress(landed: number, rounds: number): Violation[] {
	if (landed >= rounds * LEAST_A_ROUND) return [];
	return [{kind: 'starved', what: `${landed} messages in ${rounds} rounds`}];
}

/** Edits and deletions that had returned at the sender; a later one may have reached the disk and told nobody. */
function forgottenBySender(messages: readonly Seen[], {edited, erased}: Evidence): Violation[] {
	return messages
		.filter(each => !each.erased && (erased.has(each.id) || each.edited < (edited.get(each.id) ?? 0)))
		.map(({number}) => ({kind: 'forgotten', what: `what was done about ${number} at its sender`}));
}

/** The same of reactions at the receiver; what is erased has none. */
export function forgottenByReceiver(messages: readonly Seen[], {reacted}: Evidence): Violation[] {
	return messages
		.filter(each => !each.erased && each.reaction < (reacted.get(each.id) ?? 0))
		.map(({number}) => ({kind: 'forgotten', what: `the reaction to ${number} at its receiver`}));
}

function isAsWritten({number, digest, edited, erased}: Seen, {textOf, editOf}: Script): boolean {
	if (erased) return digest === digestOf('');
	return digest === digestOf(edited > 0 ? editOf(number, edited) : textOf(number));
}

/** All of a message that both sides see. */
function faceOf({digest, edited, erased, reaction}: Seen): string {
	return JSON.stringify([digest, edited, erased, reaction]);
}

export function digestOf(text: string | Buffer): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
