// What the view knows and where the person looks, and how answers and keys change that. Pure.
import {type AdminReply, ONLINE_PAGE} from '../server/administration.ts';
import {type KeyEvent} from '../ui/input/key-events.ts';

export type Answer = Extract<AdminReply, {kind: 'top'}>;

export type State = {
	/** The last there was. */
	readonly answer: Answer | undefined;
	/** Since when the server does not answer, local ms. */
	readonly awaySince: number | undefined;
	/** Names to leave out above. */
	readonly scroll: number;
};

export const beginning: State = {answer: undefined, awaySince: undefined, scroll: 0};

export function answered(state: State, answer: Answer): State {
	return {...state, answer, awaySince: undefined};
}

/** The last answer stays to be seen. */
export function unanswered(state: State, now: number): State {
	return {...state, awaySince: state.awaySince ?? now};
}

/** `visible`: rows for names. */
export function namesScrolled(state: State, event: KeyEvent, visible: number): State {
	const step = event.kind === 'key' ? stepOf(event.key, visible) : 0;
	if (step === 0) return state;
	return {...state, scroll: firstSeen({...state, scroll: firstSeen(state, visible) + step}, visible)};
}

/** How many names are above the first that is seen: as far as one has namesScrolled, and there is something to see. */
export function firstSeen({answer, scroll}: State, visible: number): number {
	return Math.max(0, Math.min(scroll, (answer?.status.online ?? 0) - visible));
}

function stepOf(key: string, visible: number): number {
	const page = Math.max(1, visible - 1);
	const steps: Readonly<Record<string, number>> = {
		up: -1,
		down: 1,
		pageup: -page,
		pagedown: page,
		home: Number.NEGATIVE_INFINITY,
		end: Number.POSITIVE_INFINITY,
	};
	return steps[key] ?? 0;
}

/** The page of names to ask for: what is seen in its middle. */
export function pageStart(state: State, visible: number): number {
	return Math.max(0, firstSeen(state, visible) - Math.max(0, Math.floor((ONLINE_PAGE - visible) / 2)));
}

/** Whether all names that are to be seen are there, as far as one page can have them. */
export function hasPage(state: State, visible: number): boolean {
	if (state.answer === undefined) return true;
	const {status, top} = state.answer;
	const first = firstSeen(state, visible);
	const last = Math.min(first + Math.min(visible, ONLINE_PAGE), status.online);
	return first >= top.from && last <= top.from + top.online.length;
}

/** What a key asks for besides scrolling. */
export function commandOf(event: KeyEvent): 'leave' | 'suspend' | 'redraw' | undefined {
	if (event.kind === 'text') return /q/i.test(event.text) ? 'leave' : undefined;
	if (event.kind !== 'key') return undefined;
	if (event.key === 'escape') return 'leave';
	return event.ctrl ? ({c: 'leave', z: 'suspend', l: 'redraw'} as const)[event.key] : undefined;
}
