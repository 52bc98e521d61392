// The upper rows: which server, how it is, and how often each kind of thing happens.
import {type ScreenRow, emptyRow, fitRow, span, spread} from '../ui/widgets/spans.ts';
import {safeText} from '../ui/text/safe.ts';
import {truncate} from '../ui/text/width.ts';
import {type TopLayout} from './top-layout.ts';
import {sparkline} from './sparkline.ts';
import {type State} from './state.ts';
import {uptimeText, memoryText, rateText, secondText} from './top-words.ts';

/** What is counted, in the order of its rows. */
const KINDS = ['logins', 'refusals', 'lockouts', 'introductions'] as const;
const LABEL = 14;
const TOTAL = 7;
const RATE = 8;
const GAP = 2;

export function serverRow({answer, awaySince}: State, place: string, width: number): ScreenRow {
	const condition =
		awaySince !== undefined
			? span('○ gone', 'danger')
			: answer === undefined
				? span('○ asking', 'muted')
				: span(`● up ${uptimeText(answer.status.uptime)}`, 'good');
	const left = [span('simchat-server', 'title'), span(`  ${safeText(place, {newlines: false})}`, 'muted')];
	const room = width - condition.text.length - 2;
	return room < 'simchat-server'.length ? fitRow([condition], width) : spread(fitRow(left, room), [condition], width);
}

/** In place of figures that are not true any more: since when they are not. */
export function figuresRow({answer, awaySince}: State, {columns, isWide}: TopLayout): ScreenRow {
	if (awaySince !== undefined) {
		const words = `no answer since ${secondText(awaySince)}; still asking`;
		return fitRow([span(truncate(words, columns), 'danger')], columns);
	}

	if (answer === undefined) return fitRow(emptyRow, columns);
	const {online, accounts, connections} = answer.status;
	const memory = `${isWide ? 'memory ' : ''}${memoryText(answer.top.memory)}`;
	const links = `${connections} ${connections === 1 ? 'connection' : 'connections'}`;
	return fitRow([span(`${online} of ${accounts} online`, 'online'), span(`  ${links}  ${memory}`)], columns);
}

/** A row a kind: how often since the start, how often a second now and at most, and a bar for each of the last seconds. */
export function paceRows({answer}: State, {columns, isWide, isRoomy}: TopLayout): ScreenRow[] {
	if (answer === undefined) return KINDS.map(kind => fitRow([span(kind)], columns));
	const {status, top} = answer;
	const width = Math.max(0, columns - LABEL - TOTAL - RATE - (isWide ? RATE : 0) - GAP);
	const rows = KINDS.map(kind => {
		const counts = top.paces[kind];
		const peak = isWide ? `${Math.max(0, ...counts)}/s`.padStart(RATE) : '';
		const amounts = `${String(status[kind]).padStart(TOTAL)}${rateText(counts).padStart(RATE)}${peak}`;
		const bars = span(`${' '.repeat(GAP)}${sparkline(counts, width)}`, counts.at(-1) === 0 ? 'muted' : 'self');
		return fitRow([span(kind.padEnd(LABEL)), span(amounts), bars], columns);
	});
	const seconds = Math.min(width, top.paces.logins.length);
	return isRoomy ? [headingRow(seconds, isWide, columns), ...rows] : rows;
}

function headingRow(seconds: number, isWide: boolean, columns: number): ScreenRow {
	const peak = isWide ? 'peak'.padStart(RATE) : '';
	const left = `${'since its start'.padStart(LABEL + TOTAL)}${'now'.padStart(RATE)}${peak}`;
	return spread([span(left, 'muted')], [span(`the last ${seconds} s`, 'muted')], columns);
}
