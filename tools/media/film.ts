// Draws what a terminal showed over time as an animated SVG: without a script, so that it also plays as an image.
import {DARK} from '../terminal/colours.ts';
import type {Grid} from '../terminal/grid.ts';
import {rowElements} from './rows.ts';
import {type Frame, document, frameSize, framed} from './svg.ts';

/** What is shown from `at` on, ms. */
export type Shot = {readonly at: number; readonly rows: readonly string[]};
/** The same with the times of the film: from 0 until `duration`, ms. */
export type Cut = {readonly shots: readonly Shot[]; readonly duration: number};

/** A screen that is not whole yet is gone after so long, ms. */
const SHORTEST_MS = 30;
/** As long as nothing happens in the film, and its last shot before it begins anew, ms. */
const LONGEST_MS = 1500;
const LAST_MS = 2500;

/** A row is its elements in one text: rows that look the same are the same. */
export function shotOf(grid: Grid, at: number, palette = DARK): Shot {
	return {at, rows: grid.map((row, y) => rowElements(row, y, palette).join(''))};
}

/** Leaves out what was seen too shortly, shortens what was seen too long, and runs faster when there is more than `limit` ms. */
export function cut(taken: readonly Shot[], limit: number): Cut {
	const shots: Shot[] = [];
	let now = 0;
	for (const [index, {at, rows}] of taken.entries()) {
		const next = taken[index + 1];
		const lasts = next === undefined ? LAST_MS : Math.min(next.at - at, LONGEST_MS);
		const isNew = shots.at(-1)?.rows.join() !== rows.join();
		if (isNew && lasts >= SHORTEST_MS) shots.push({at: shots.length === 0 ? 0 : now, rows});
		now += lasts;
	}

	const pace = Math.min(1, limit / now);
	return {shots: shots.map(({at, rows}) => ({at: at * pace, rows})), duration: now * pace};
}

/** Shows the last shot where nothing moves. */
export function filmOf({shots, duration}: Cut, frame: Frame, columns: number, label: string): string {
	const size = frameSize(columns, shots[0]?.rows.length ?? 0);
	/** Rows by when they are seen, which is written as a digit a shot. */
	const scenes = new Map<string, string[]>();
	const distinct = new Set(shots.flatMap(({rows}) => rows));
	distinct.delete('');
	for (const row of distinct) {
		const seen = shots.map(({rows}) => (rows.includes(row) ? 1 : 0)).join('');
		scenes.set(seen, [...(scenes.get(seen) ?? []), row]);
	}

	const moving = [...scenes.keys()].filter(seen => seen.includes('0'));
	const styles = moving.flatMap((seen, index) => keyframes(`k${index}`, seen, shots, duration));
	const body = [...scenes].map(([seen, rows]) => {
		const index = moving.indexOf(seen);
		const hidden = seen.endsWith('0') ? ' visibility="hidden"' : '';
		return `<g${index === -1 ? '' : ` class="k${index}"`}${hidden}>${rows.join('')}</g>`;
	});
	return document(size, label, [
		`<style>${styles.join('')}@media(prefers-reduced-motion:reduce){g{animation:none!important}}</style>`,
		...framed(frame, size, body),
	]);
}

/** The rule and the steps of what is seen in the shots that have a 1. */
function keyframes(name: string, seen: string, shots: readonly Shot[], duration: number): string[] {
	const steps = shots.flatMap(({at}, index) => {
		if (index > 0 && seen[index] === seen[index - 1]) return [];
		const percent = Math.round((at / duration) * 100_000) / 1000;
		return `${percent}%{visibility:${seen[index] === '1' ? 'visible' : 'hidden'}}`;
	});
	return [
		`.${name}{animation:${name} ${Math.round(duration)}ms step-end infinite}`,
		`@keyframes ${name}{${steps.join('')}}`,
	];
}
