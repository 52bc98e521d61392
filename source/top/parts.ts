// The lower parts, each a title and its rows: who is online, who is locked, what happened.
import {type ScreenRow, emptyRow, fitRow, rule, span, spread} from '../ui/widgets/spans.ts';
import {safeText} from '../ui/text/safe.ts';
import {truncate} from '../ui/text/width.ts';
import {type TopLayout, visibleNames} from './top-layout.ts';
import {type State, firstSeen} from './state.ts';
import {secondText, sinceText} from './top-words.ts';

/** Who is online, and since when, in the order of their names. */
export function onlineRows(state: State, layout: TopLayout): ScreenRow[] {
	const {answer} = state;
	const {left, online: height} = layout;
	if (answer === undefined) return part('online', [], left, height);
	const total = answer.status.online;
	const visible = visibleNames(layout);
	const first = firstSeen(state, visible);
	const isWhole = total <= visible || visible === 0;
	const title = isWhole ? `online ${total}` : `online ${first + 1}–${first + visible} of ${total}`;
	const rows = Array.from({length: Math.min(visible, total)}, (_, index) => {
		const user = answer.top.online[first + index - answer.top.from];
		if (user === undefined) return [span('…', 'muted')];
		return spread([span(user.name)], [span(`since ${sinceText(user.since, answer.top.now)} `, 'muted')], left);
	});
	return part(title, rows.length > 0 ? rows : [[span('nobody', 'muted')]], left, height);
}

/** Whose logins are refused after too many wrong passwords, and for how long yet. */
export function lockRows({answer}: State, {left, locks: height}: TopLayout): ScreenRow[] {
	if (answer === undefined || height === 0) return [];
	const {locked, locks, now} = answer.top;
	const shown = locks.slice(0, Math.max(0, height - 1));
	const title = shown.length === locked ? `locked ${locked}` : `locked ${locked}, of them ${shown.length}`;
	const rows = shown.map(({name, until}) => {
		const seconds = Math.max(0, Math.ceil((until - now) / 1000));
		return spread([span(`! ${name}`, 'warning')], [span(`${seconds} s `)], left);
	});
	return part(title, rows, left, height);
}

/** What the log says, the newest at the bottom. */
export function lineRows({answer}: State, {right, lines: height}: TopLayout): ScreenRow[] {
	const lines = (answer?.top.lines ?? []).slice(-Math.max(1, height - 1));
	const rows = lines.map(({at, level, text}) => {
		const words = `${level === 'info' ? '' : `${level}: `}${safeText(text, {newlines: false})}`;
		const role = level === 'info' ? undefined : level === 'warn' ? 'warning' : 'danger';
		const time = `${secondText(at)} `;
		return [span(time, 'muted'), span(truncate(words, Math.max(0, right - time.length)), role)];
	});
	return part('events', rows, right, height);
}

function part(title: string, rows: readonly ScreenRow[], width: number, height: number): ScreenRow[] {
	const all = [rule(title, width, 'title'), ...rows.map(row => fitRow(row, width))];
	return Array.from({length: height}, (_, index) => all[index] ?? fitRow(emptyRow, width));
}
