// Whether the devices of two people have come to the same: what each shows against the others, against what was done, and against what
// the other person has. Pure.
import {type Violation, digestOf} from '../check.ts';
import {type Person} from '../seed.ts';
import {type Shown, type View, type Words} from './lines.ts';
import {type Act, type DeviceName, type Place} from './plan.ts';

/** What was heard of a person's doings so far. */
export type Evidence = {
	/** Who was told to write the text with a stamp. */
	readonly ordered: Map<number, DeviceName>;
	/** The stamp of each message that `send` has returned for, by id. */
	readonly returned: Map<string, number>;
	/** When a device of the other person first had it on its disk, and when one of the writer's first said so; ns. */
	readonly landed: Map<string, bigint>;
	readonly claimed: Map<string, bigint>;
	/** Ids of those that disappear once they were read. */
	readonly fleeting: Set<string>;
	/** `in` or `out` and id of what the person has forgotten, and the stamps that removed devices of theirs were told to write. */
	readonly forgotten: Set<string>;
	readonly outcast: Set<number>;
	/** Acts that have returned, by what they are about: '' for what is about the conversation. */
	readonly acts: Record<
		'edit' | 'erase' | 'react' | 'nickname',
		Map<string, Array<{stamp: number; device: DeviceName}>>
	>;
};

export function newEvidence(): Evidence {
	return {
		ordered: new Map(),
		returned: new Map(),
		landed: new Map(),
		claimed: new Map(),
		fleeting: new Set(),
		forgotten: new Set(),
		outcast: new Set(),
		acts: {edit: new Map(), erase: new Map(), react: new Map(), nickname: new Map()},
	};
}

export function noteAct(
	{returned, fleeting, acts}: Evidence,
	device: DeviceName,
	act: Act['kind'],
	stamp: number,
	id: string,
): void {
	if (act === 'text') returned.set(id, stamp);
	else if (act === 'fleeting') fleeting.add(id);
	else if (act === 'edit' || act === 'erase' || act === 'react' || act === 'nickname') {
		const done = acts[act].get(id) ?? [];
		done.push({stamp, device});
		acts[act].set(id, done);
	}
}

/** What the devices of a person show, once nothing is under way. */
export type Views = ReadonlyArray<{readonly place: Place; readonly view: View}>;

/** All of one person's devices against each other, and of what that person has said against what the devices of the other one show. `own` and `peers`: of this person and of the other one. */
export function checkDevices(
	views: Views,
	theirs: Views,
	own: Evidence,
	peers: Evidence,
	{textOf, editOf}: Words,
): readonly Violation[] {
	const violations: Violation[] = [];
	const found = (kind: Violation['kind'], what: string) => violations.push({kind, what});
	const [first] = views;
	const [other] = theirs;
	if (first === undefined || other === undefined) return violations;
	for (const {place, view} of views) {
		const {name} = place;
		const messages = view.messages ?? [];
		const ids = new Set<string>();
		const last = new Map<DeviceName | undefined, number>();
		const wanted = new Map(first.view.messages?.map(message => [keyOf(message), message]));
		for (const message of messages) {
			const key = keyOf(message);
			if (ids.has(key)) found('doubled', `${name} shows ${message.stamp} (${message.id}) twice`);
			ids.add(key);
			const same = wanted.get(key);
			if (same === undefined)
				found('altered', `${name} has ${message.stamp} (${message.id}), and ${first.place.name} has not`);
			else if (faceOf(same) !== faceOf(message)) {
				found('altered', `${name} shows ${faceOf(message)}, and ${first.place.name} ${faceOf(same)}`);
			}

			if (own.forgotten.has(key))
				found('altered', `${name} has ${message.stamp} (${message.id}) again, which was forgotten`);
			if ((message.own ? own : peers).fleeting.has(message.id))
				found('altered', `${name} still has ${message.stamp} (${message.id}), which was to disappear`);
			if (message.stamp > 0 && (own.outcast.has(message.stamp) || peers.outcast.has(message.stamp)))
				found('altered', `${name} has ${message.stamp}, which a removed device has said`);
			if (!message.own) continue;
			const {stamp, state} = message;
			if (state !== 'delivered' && state !== 'read')
				found('false state', `${name} shows ${stamp} as ‘${state}’, and all is quiet`);
			if (stamp === 0) continue;
			const writer = own.ordered.get(stamp);
			if (stamp <= (last.get(writer) ?? 0))
				found('out of order', `${name} shows ${stamp} of ${writer} behind ${last.get(writer)}`);
			last.set(writer, stamp);
		}

		const isWhole = place.role === 'device' || place.holdsAll;
		if (isWhole && ids.size < wanted.size)
			found('lost', `${name} has ${ids.size} messages, and ${first.place.name} ${wanted.size}`);
		if (isWhole && view.digest !== first.view.digest) {
			found(
				'altered',
				`${name} shows ${outlineOf(view)} ${view.digest}, and ${first.place.name} ${outlineOf(first.view)} ${first.view.digest}`,
			);
		}
	}

	const mine = new Map(first.view.messages?.filter(message => message.own).map(message => [message.id, message]));
	const there = new Map(other.view.messages?.filter(message => !message.own).map(message => [message.id, message]));
	for (const [id, message] of mine) {
		const arrived = there.get(id);
		if (arrived === undefined) {
			if (!peers.forgotten.has(`in ${id}`)) found('lost', `${message.stamp} (${id}) never came`);
		} else if (sides(message, true) !== sides(arrived, false))
			found(
				'altered',
				`${message.stamp} (${id}) is not the same on both sides: ${sides(message, true)} ${sides(arrived, false)}`,
			);
		const text = message.erased
			? ''
			: message.edited > 0
				? editOf(message.stamp, message.edited)
				: textOf(message.stamp);
		if (message.digest !== digestOf(text)) found('altered', `${message.stamp} (${id}) is not what was said`);
	}

	const isForgotten = (id: string) => own.forgotten.has(`out ${id}`);
	for (const id of there.keys())
		if (!mine.has(id) && !isForgotten(id)) found('altered', `${id} came, and nobody has sent it`);
	for (const [id, stamp] of own.returned)
		if (!mine.has(id) && !isForgotten(id)) found('forgotten', `${stamp} (${id}): send had returned`);
	for (const [id, time] of own.claimed) {
		const disk = own.landed.get(id);
		const stamp = own.returned.get(id) ?? id;
		if (disk === undefined && !there.has(id) && !own.fleeting.has(id) && !peers.forgotten.has(`in ${id}`))
			found('false state', `${stamp} was called delivered, and nobody ever had it`);
		else if (disk !== undefined && disk > time)
			found(
				'false state',
				`${stamp} (${id}) was called delivered ${(disk - time) / 1_000_000n} ms before it was on a disk of theirs`,
			);
	}

	for (const id of own.acts.erase.keys())
		if (mine.get(id)?.erased !== true && !own.fleeting.has(id) && !isForgotten(id))
			found('forgotten', `${id} was deleted, and is shown again`);
	for (const [id, done] of own.acts.edit) {
		const message = mine.get(id);
		if (message !== undefined && !message.erased) noteOutdone(`the edit of ${id}`, message.edited, done, found);
	}

	for (const [id, done] of own.acts.react) {
		const message = first.view.messages?.find(each => !each.own && each.id === id);
		if (message !== undefined && !message.erased)
			noteOutdone(`the reaction to ${id}`, message.ownReaction, done, found);
	}

	noteOutdone('the nickname', first.view.nickname, own.acts.nickname.get('') ?? [], found);
	return violations;
}

/** What holds is nothing that the same device has itself replaced. */
function noteOutdone(
	what: string,
	holds: number,
	done: ReadonlyArray<{readonly stamp: number; readonly device: DeviceName}>,
	found: (kind: Violation['kind'], what: string) => void,
): void {
	if (done.length === 0) return;
	if (holds === 0) {
		found('forgotten', what);
		return;
	}

	const by = done.find(({stamp}) => stamp === holds)?.device;
	const later = done.find(({stamp, device}) => device === by && stamp > holds);
	if (later !== undefined) found('forgotten', `${what} of ${later.stamp}, and that of ${holds} holds`);
}

function outlineOf({unread, nickname, muted, count}: View): string {
	return JSON.stringify([unread, nickname, muted, count]);
}

function keyOf({own, id}: Shown): string {
	return `${own ? 'out' : 'in'} ${id}`;
}

function faceOf(message: Shown): string {
	return JSON.stringify(Object.values(message));
}

/** What both people see of a message. */
function sides({digest, edited, erased, ownReaction, theirReaction}: Shown, isOurs: boolean): string {
	const reactions = isOurs ? [ownReaction, theirReaction] : [theirReaction, ownReaction];
	return JSON.stringify([digest, edited, erased, ...reactions]);
}

/**
 * Whether both people have come to rest with the same on all devices, as far as short views say: a keeper that lets go shows less than the others, and has
 * come to rest when it lacks nothing that they have, nor they what it has.
 */
export function isSettled(views: ReadonlyMap<DeviceName, View>, places: readonly Place[]): boolean {
	return (['alice', 'bob'] satisfies Person[]).every(person => {
		const own = places.filter(place => place.person === person);
		const whole = own
			.filter(({role, holdsAll}) => role === 'device' || holdsAll)
			.map(({name}) => views.get(name)?.digest);
		const all = own.map(({name}) => views.get(name));
		return (
			new Set(whole).size === 1 &&
			all.every(view => view?.outbox === 0 && !view.blocked && view.fleeting === 0 && view.lacking === 0)
		);
	});
}
