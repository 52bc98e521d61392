// The film: what is cut, and that what an image viewer shows at any time is what the terminal showed.
import {readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type Cut, type Shot, cut, filmOf} from '../../tools/media/film.ts';

const media = path.resolve(import.meta.dirname, '../../media');

function shots(...taken: ReadonlyArray<readonly [at: number, ...rows: string[]]>): Shot[] {
	return taken.map(([at, ...rows]) => ({at, rows}));
}

type Group = {readonly content: string; readonly isShown: (share: number) => boolean; readonly isShownAtRest: boolean};

/** The groups of rows of a film, as a renderer reads them: `share` is the part of the film that is over. */
function groups(svg: string): Group[] {
	return [...svg.matchAll(/^<g(?: class="(k\d+)")?( visibility="hidden")?>(.*)<\/g>$/gmv)].map(
		([, name, hidden, content = '']) => ({
			content,
			isShown: share => name === undefined || isVisible(svg, name, share),
			isShownAtRest: hidden === undefined,
		}),
	);
}

function isVisible(svg: string, name: string, share: number): boolean {
	const rule = new RegExp(`@keyframes ${name}\\{((?:[^\\{\\}]+\\{[^\\}]*\\})*)\\}`).exec(svg)?.[1] ?? '';
	const steps = [...rule.matchAll(/([\d.]+)%\{visibility:(visible|hidden)\}/gv)];
	return steps.findLast(([, percent]) => Number(percent) / 100 <= share)?.[2] === 'visible';
}

/** The film's length by its style, ms. */
function lengthOf(t: ExecutionContext, svg: string): number {
	const lengths = new Set([...svg.matchAll(/animation:k\d+ (\d+)ms step-end infinite/gv)].map(([, length]) => length));
	t.is(lengths.size, 1, 'all parts have one clock');
	return Number([...lengths][0]);
}

test('a cut keeps the pace, drops what is not whole yet, and shortens what takes long', t => {
	const taken = shots([1000, 'a'], [1500, 'half of b'], [1510, 'b'], [1600, 'b'], [1700, 'c'], [60_000, 'd']);
	t.deepEqual(cut(taken, 20_000), {
		shots: shots([0, 'a'], [510, 'b'], [700, 'c'], [2200, 'd']),
		duration: 4700,
	});
});

test('a film that is too long runs faster', t => {
	const {shots: kept, duration} = cut(shots([0, 'a'], [1000, 'b'], [2000, 'c']), 2250);
	t.is(duration, 2250);
	t.deepEqual(kept, shots([0, 'a'], [500, 'b'], [1000, 'c']));
});

test('at every time the rows of its shot are seen and no others; at rest those of the last', t => {
	const film: Cut = {
		shots: shots(
			[0, '<a/>', '', '<z/>'],
			[400, '<b/>', '<c/>', '<z/>'],
			[900, '<a/>', '', '<z/>'],
			[950, '<d/>', '', '<z/>'],
		),
		duration: 2000,
	};
	const svg = filmOf(film, {title: 'title'}, 10, 'a & b');
	t.is(lengthOf(t, svg), 2000);
	t.true(svg.includes('<title>a &amp; b</title>'));
	const drawn = groups(svg);
	const all = (isShown: (group: Group) => boolean) =>
		drawn
			.filter(isShown)
			.flatMap(({content}) => content.match(/<.\/>/gv) ?? [])
			.toSorted();
	for (const [index, {at, rows}] of film.shots.entries()) {
		const end = film.shots[index + 1]?.at ?? film.duration;
		for (const time of [at, (at + end) / 2, end - 1]) {
			t.deepEqual(
				all(({isShown}) => isShown(time / 2000)),
				rows.filter(row => row !== '').toSorted(),
				`at ${time} ms`,
			);
		}
	}

	t.deepEqual(
		all(({isShownAtRest}) => isShownAtRest),
		['<d/>', '<z/>'],
	);
	t.is(drawn.filter(({content}) => content.includes('<a/>')).length, 1, 'a row that comes back is there once');
});

test('the film in media/ is short and small, runs without a script, and shows a talk', async t => {
	const file = path.join(media, 'talk.svg');
	const svg = await readFile(file, 'utf8');
	t.true((await stat(file)).size <= 400 * 1024);
	t.true(lengthOf(t, svg) <= 20_000);
	t.notRegex(svg, /<script|<foreignObject|href=|javascript:|\bon\w+=/v);
	t.true(svg.includes('@media(prefers-reduced-motion:reduce){g{animation:none!important}}'));
	const drawn = groups(svg);
	t.true(drawn.length > 20);
	/** All that is seen at a time, without its markup. */
	const seen = (isShown: (group: Group) => boolean) =>
		drawn.flatMap(group => (isShown(group) ? group.content.replaceAll(/<[^>]+>/gv, ' ') : [])).join('\n');
	const times = Array.from({length: 1000}, (_, index) => seen(({isShown}) => isShown(index / 1000)));
	const first = (pattern: RegExp) => times.findIndex(text => pattern.test(text));
	const order = [/sign in as alice/v, /••••/v, /connected/v, /at noon\?[^✓]*✓(?!\s*✓)[^✓]*$/mv, /Yes,/v, /Help/v].map(
		first,
	);
	t.true(
		order.every(index => index !== -1),
		String(order),
	);
	t.deepEqual(
		order,
		order.toSorted((a, b) => a - b),
	);
	t.regex(
		seen(({isShownAtRest}) => isShownAtRest),
		/Lunch at noon\?[^]*Yes, the usual place/v,
	);
});
