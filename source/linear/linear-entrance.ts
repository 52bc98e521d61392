// Signing up and in with lines: what is said and asked for while the form of the screen is filled in. Pure, but for who drives it.
import {type EntranceState, type FormField, type Phase} from '../ui/screens/entrance.ts';
import {spoken} from './linear-words.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** A lockout is told of when it begins, when this is left of it, and when it is over, s. */
const COUNTED = [30, 10, 0];
/** So early a timer may be without that a number is said twice, ms. */
const EARLY_MS = 500;

/** What is asked for now; '' while nothing is. */
export function entrancePrompt({phase, fields, focus}: EntranceState): string {
	const label = fields[focus]?.label;
	return phase.kind === 'form' && label !== undefined ? catalogue.linear.prompts[label] : '';
}

/** Whether what is typed now is a secret; also while nothing is asked for. */
export function hidesTyping({phase, fields, focus}: EntranceState): boolean {
	return phase.kind !== 'form' || fields[focus]?.isSecret === true;
}

/** What has changed, in words. `left`: of a lockout, ms. */
export function entranceLines(before: EntranceState | undefined, after: EntranceState, left: number): string[] {
	const {phase, fields, problem} = after;
	const lines = fields.flatMap((field, index) => fieldLines(before?.fields[index], field));
	if (problem !== '' && problem !== before?.problem && phase.kind === 'form') lines.push(spoken(problem));
	if (waitsFor(phase) !== waitsFor(before?.phase)) lines.push(...phaseLines(before?.phase, phase, left));
	return lines;
}

function waitsFor(phase: Phase | undefined): string | undefined {
	return phase?.kind === 'joining' ? phase.waits : phase?.kind;
}

function fieldLines(before: FormField | undefined, {problem, advice}: FormField): string[] {
	return [
		...(problem !== '' && problem !== before?.problem ? [spoken(problem)] : []),
		...(advice !== '' && advice !== before?.advice ? [spoken(catalogue.account.thePasswordIs(advice))] : []),
	];
}

function phaseLines(before: Phase | undefined, phase: Phase, left: number): string[] {
	const {kind} = phase;
	if (kind === 'working') return [catalogue.linear.asking];
	if (phase.kind === 'joining') return [catalogue.devices[phase.waits === 'asked' ? 'joinAsked' : 'joinAbsent']];
	if (kind === 'locked') return [catalogue.linear.locked(seconds(left))];
	return before?.kind === 'locked' ? [catalogue.linear.unlocked] : [];
}

/** What a lockout of which `left` ms are left is told as next, and in how many ms: nothing is said in between. */
export function nextCount(left: number): {readonly inMs: number; readonly line: string} {
	const next = COUNTED.find(each => each * 1000 < left - EARLY_MS) ?? 0;
	return {inMs: Math.max(0, left - next * 1000), line: next === 0 ? '' : catalogue.linear.secondsLeft(next)};
}

/** For who asks in between. */
export function leftWords(left: number): string {
	return catalogue.linear.secondsLeft(seconds(left));
}

function seconds(ms: number): number {
	return Math.max(0, Math.ceil(ms / 1000));
}
