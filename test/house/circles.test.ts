// No circle of imports in source/, types included; and no file that is too long.
import {readFileSync, readdirSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';

/** Lines. */
const LENGTH_LIMIT = 350;

/** What each file imports; every import is a file of the graph. Keyed by path: as many as there are files. */
type Graph = ReadonlyMap<string, readonly string[]>;

/** `import … from './x.ts'`, `export … from './x.ts'`, `import './x.ts'` and `import('./x.ts')`. */
const IMPORT = /(?:\bfrom\s+|\bimport\s*\(?\s*)'(\.[^']+)'/g;

/** `texts` by path. */
function graphOf(texts: ReadonlyMap<string, string>): Graph {
	return new Map(
		[...texts].map(([file, text]) => {
			const targets = [...text.matchAll(IMPORT)].map(([, target = '']) => path.posix.join(path.dirname(file), target));
			return [file, [...new Set(targets)].filter(target => texts.has(target))];
		}),
	);
}

/** The files that lie on circles, those of each circle together: the strongly connected components (Tarjan, 1972) of the graph. */
function circlesOf(graph: Graph): string[][] {
	const numbers = new Map<string, number>();
	const lowest = new Map<string, number>();
	const stack: string[] = [];
	const circles: string[][] = [];
	const visit = (file: string): number => {
		const number = numbers.size;
		numbers.set(file, number);
		lowest.set(file, number);
		stack.push(file);
		for (const target of graph.get(file) ?? []) {
			const reached = numbers.has(target) ? (stack.includes(target) ? numbers.get(target)! : number) : visit(target);
			lowest.set(file, Math.min(lowest.get(file)!, reached));
		}

		if (lowest.get(file) === number) {
			const found = stack.splice(stack.indexOf(file));
			if (found.length > 1 || graph.get(file)?.includes(file) === true) circles.push(found.toSorted());
		}

		return lowest.get(file)!;
	};

	for (const file of graph.keys()) if (!numbers.has(file)) visit(file);
	return circles;
}

function readSource(): Map<string, string> {
	const files = readdirSync('source', {recursive: true, encoding: 'utf8'}).filter(file => /\.tsx?$/.test(file));
	return new Map(
		files.map(file => [file.split(path.sep).join('/'), readFileSync(path.join('source', file), 'utf8')] as const),
	);
}

const texts = readSource();

test('a circle is found, whatever way a file is imported, and nothing else is taken for one', t => {
	const made = new Map([
		['a.ts', "import {b} from './b.ts';\nimport {type d} from './sub/d.ts';"],
		['b.ts', "import {\n\ttype C,\n} from './c.ts';\nimport path from 'node:path';"],
		['c.ts', "export {a} from './a.ts';"],
		['sub/d.ts', "import '../e.tsx';"],
		['e.tsx', "const d = await import('./sub/d.ts');"],
		['f.ts', "import {a} from './a.ts';\nimport {d} from './sub/d.ts';"],
		['g.ts', "import {g} from './g.ts';"],
	]);
	const found = circlesOf(graphOf(made)).map(files => files.join(' '));
	t.deepEqual(
		found.toSorted((a, b) => (a < b ? -1 : 1)),
		['a.ts b.ts c.ts', 'e.tsx sub/d.ts', 'g.ts'],
	);
	made.set('c.ts', '').set('e.tsx', '').set('g.ts', '');
	t.deepEqual(circlesOf(graphOf(made)), []);
});

test('no file of source/ imports itself by way of others', t => {
	const graph = graphOf(texts);
	const edges = [...graph.values()].reduce((sum, targets) => sum + targets.length, 0);
	t.log(`${graph.size} files, ${edges} imports`);
	t.true(edges > graph.size);
	t.deepEqual(circlesOf(graph), []);
});

test(`no file of source/ has more than ${LENGTH_LIMIT} lines`, t => {
	const lengths = [...texts].map(([file, text]) => ({file, lines: text.split('\n').length - 1}));
	const sorted = lengths.toSorted((a, b) => a.lines - b.lines);
	const largest = sorted.at(-1);
	t.log(`median ${sorted[Math.floor(sorted.length / 2)]?.lines} lines; largest ${largest?.file}, ${largest?.lines}`);
	t.deepEqual(
		lengths.filter(({lines}) => lines > LENGTH_LIMIT),
		[],
	);
});
