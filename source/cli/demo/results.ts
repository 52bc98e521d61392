// What the demo shows: the transcriptLines, and figures of what was measured. Pure.
import {Buffer} from 'node:buffer';
import {type Message, type Path} from '../../client/snapshot.ts';
import {messageLine} from '../lines.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** UTF-16 units of a text that are shown. */
const SHOWN = 72;

export function transcriptLines(messages: readonly Message[]): string[] {
	return messages.map(message => {
		const {text} = message;
		const {me, cut} = catalogue.demo;
		if (text.length <= SHOWN) return messageLine(message, me);
		const head = {...message, text: `${text.slice(0, SHOWN)}…`};
		return cut(messageLine(head, me), Buffer.byteLength(text));
	});
}

/** `min 2.1 ms, median 3.0 ms, max 9.8 ms`. */
export function minMedianMax(samples: readonly number[]): string {
	const sorted = samples.toSorted((a, b) => a - b);
	const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
	const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
	const {minMedianMax: words} = catalogue.demo;
	return words(ms(sorted[0] ?? Number.NaN), ms((lower + upper) / 2), ms(sorted.at(-1) ?? Number.NaN));
}

export function ms(duration: number): string {
	return `${duration.toFixed(1)} ms`;
}

/** Throws when messages have no way to go. */
export function describePath(path: Path | undefined): string {
	const {noDirectWay, way, wayUnmeasured} = catalogue.demo;
	if (path?.kind !== 'lan' && path?.kind !== 'direct') throw new Error(noDirectWay(String(path?.kind)));
	const kind = catalogue.path[path.kind];
	return path.rtt === undefined ? wayUnmeasured(kind, path.address) : way(kind, path.address, ms(path.rtt));
}
