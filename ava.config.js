// How the tests are run: the longest files first, so that none of them is left alone at the end.
import path from 'node:path';
import process from 'node:process';
import {makeTemporaryFolder, removeFolder} from './tools/temporary-folder.ts';
import {packedPackages} from './tools/build/packed-packages.ts';

const LONGEST = [
	'tty/minute',
	'e2e/keeper-relay',
	'e2e/keeper',
	'net/pairs',
	'tty/golden',
	'tty/languages',
	'e2e/one-profile',
	'client/convergence',
	'messaging/replication/convergence',
	'tty/bugs/clusters',
	'e2e/chaos',
	'e2e/chaos-devices',
	'bench/run',
	'e2e/disk',
	'e2e/memory',
	'client/client',
	'e2e/cli',
	'e2e/password',
	'e2e/damage',
	'e2e/output',
	'e2e/recovery',
	'tty/bugs/paste',
	'tty/beside',
	'tty/people',
	'tty/linear',
	'tty/bugs/kill',
	'tty/bugs/exit',
	'tty/bugs/input-bytes',
	'e2e/cli-doctor',
	'messaging/history',
	'messaging/intake',
	'client/own-devices',
	'client/several-devices',
	'ui/overlays/sizes',
	'protocol/path/hostile-server',
	'protocol/path/probing',
	'protocol/login/tamper',
	'crypto/dh',
];

/** What passwords of this run were stretched to (test/twins/stretched-once.ts). */
const stretched = makeTemporaryFolder();
process.once('exit', () => removeFolder(stretched));

const isCovered = process.env['NODE_V8_COVERAGE'] !== undefined;

/** The place of a test file among the longest, or behind them. */
function place(file) {
	const index = LONGEST.findIndex(name => file.endsWith(`/test/${name}.test.ts`));
	return index === -1 ? LONGEST.length : index;
}

export default {
	extensions: ['ts', 'tsx'],
	environmentVariables: {
		// What programs say is compared in English, whatever language the machine speaks.
		LC_ALL: 'C.UTF-8',
		SIMCHAT_STRETCHED: stretched,
		// Each module is compiled, and its types are taken out, once for all test files. Coverage wants all functions compiled.
		...(!isCovered && {NODE_COMPILE_CACHE: path.join(import.meta.dirname, 'node_modules/.cache/compiled')}),
	},
	nodeArguments: [
		'--import=./tools/jsx-files.ts',
		`--import=./tools/test-imports.ts?folder=${encodeURIComponent(await packedPackages())}`,
		...(isCovered ? ['--import=./tools/coverage-at-end.ts'] : []),
	],
	files: ['test/**/*.test.{ts,tsx}'],
	// Each file in a process of its own: a program that one thread starts holds every socket of all threads open for a moment.
	workerThreads: false,
	// Without a word of any test for so long, those that run have failed. No test has a time of its own: the runner would wait for none then.
	timeout: '300s',
	// Twice the cores of a small machine: half of the files wait for a terminal or for a clock.
	concurrency: 4,
	sortTestFiles: (a, b) => place(a) - place(b) || (a < b ? -1 : 1),
};
