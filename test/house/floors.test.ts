// The floors of source/ hold, and so do the walls between tests, scripts, bench and tools: the project's own lint refuses every wrong import and accepts every right one.
import {execFile} from 'node:child_process';
import {cp, mkdir, readdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {makeTemporaryFolder, removeFolder} from '../../tools/temporary-folder.ts';

const IMPORTS = 'eslint(no-restricted-imports)';
const GLOBALS = 'eslint(no-restricted-globals)';
const PROPERTIES = 'eslint(no-restricted-properties)';

/** Crypto, wire and protocol, as a wing of the fourth floor reaches down to them from `up`. */
const below = (up: string) =>
	['crypto/hash.ts', 'wire/frame.ts', 'wire/messages/login.ts', 'protocol/entropy.ts', 'protocol/login/server.ts'].map(
		file => `${up}${file}`,
	);

/** All that a screen and the commands see of the client. */
const client = (up: string) => [`${up}client/facade.ts`, `${up}client/snapshot.ts`];

/** What each folder may import: itself, and what lies below. */
const RIGHT: Record<string, readonly string[]> = {
	'source/crypto': ['./seal.ts', 'node:crypto'],
	'source/os': ['./folder.ts', '../catalogue/catalogue.ts', 'node:fs'],
	'source/usage': ['./manual.ts', '../catalogue/catalogue.ts'],
	'source/catalogue': ['./language.ts', './en/en.ts'],
	'source/catalogue/en': ['./status.ts', '../plural.ts'],
	'source/wire': ['./cursor.ts', './messages/login.ts'],
	'source/wire/messages': ['./login.ts', '../cursor.ts'],
	'source/content': ['./act.ts', '../wire/cursor.ts', '../wire/messages/transport.ts', 'node:buffer', 'zod/mini'],
	'source/protocol': [
		'./entropy.ts',
		'../crypto/dh.ts',
		'../wire/frame.ts',
		'../wire/messages/login.ts',
		'node:buffer',
		'node:crypto',
	],
	'source/protocol/session': [
		'./keys.ts',
		'../transcript.ts',
		'../../crypto/seal.ts',
		'../../wire/datagram.ts',
		'../../wire/messages/transport.ts',
		'node:buffer',
		'node:crypto',
	],
	'source/server': ['./accounts.ts', './store/sqlite.ts', '../usage/manual.ts', ...below('../'), 'node:net'],
	'source/server/store': [
		'./port.ts',
		'../accounts.ts',
		'../admin/report.ts',
		'../../os/folder.ts',
		...below('../../'),
	],
	'source/channel': ['./channel.ts', './directory/binder.ts', '../os/trace.ts', ...below('../'), 'node:dgram'],
	'source/channel/directory': ['./binder.ts', '../backoff.ts', '../network/gateway.ts', ...below('../../'), 'node:net'],
	'source/messaging': [
		'../catalogue/catalogue.ts',
		'./roster.ts',
		'./history/sqlite-history.ts',
		'../content/kinds.ts',
		'../channel/channel.ts',
		'../channel/directory/binder.ts',
		'../os/trace.ts',
		...below('../'),
	],
	'source/messaging/history': [
		'./history.ts',
		'../message.ts',
		'../../content/kinds.ts',
		'../../channel/device.ts',
		...below('../../'),
	],
	'source/client': [
		'../catalogue/catalogue.ts',
		'./vault.ts',
		'../messaging/roster.ts',
		'../messaging/history/sqlite-history.ts',
		'../channel/channel.ts',
		'../channel/directory/binder.ts',
		'../content/kinds.ts',
		'../os/folder.ts',
		...below('../'),
		'node:dgram',
	],
	'source/ui': [
		'../catalogue/catalogue.ts',
		'./app.tsx',
		'../content/kinds.ts',
		'./screens/talk.tsx',
		...client('../'),
		'ink',
	],
	'source/ui/screens': [
		'../../catalogue/catalogue.ts',
		'./talk.tsx',
		'../app.tsx',
		'../widgets/list.tsx',
		'../../os/folder.ts',
		...client('../../'),
	],
	'source/cli': [
		'../catalogue/catalogue.ts',
		'./send.ts',
		'../content/kinds.ts',
		'./demo/script.ts',
		'../os/output.ts',
		'../usage/manual.ts',
		...client('../'),
	],
	'source/top': [
		'./rows.ts',
		'../server/admin-socket.ts',
		'../server/administration.ts',
		'../ui/theme.ts',
		'../ui/terminal/full-screen.tsx',
		'../ui/input/events.ts',
		'../ui/text/width.ts',
		'../ui/widgets/spans.ts',
		'ink',
	],
	'source/linear': [
		'../catalogue/catalogue.ts',
		'./linear-talk.ts',
		'../content/kinds.ts',
		'../os/locale.ts',
		'../cli/printable.ts',
		'../cli/commands/send.ts',
		'../ui/commands.ts',
		'../ui/screens/entrance.ts',
		...client('../'),
	],
	'source/cli/demo': ['./script.ts', '../send.ts', '../linear/print.ts', ...client('../../')],
};

/** The same for what stands beside source/: tests, scripts and bench share what is in tools/, and nothing else. */
const RIGHT_BESIDE: Record<string, readonly string[]> = {
	test: ['./twins/client.ts', '../source/crypto/seal.ts', '../tools/temporary-folder.ts'],
	'test/bench': ['../twins/client.ts', '../../bench/table.ts', '../../tools/chaos/run.ts'],
	scripts: ['./run.ts', '../tools/build/bundling.ts', '../source/crypto/seal.ts'],
	bench: ['./table.ts', '../tools/build/bundling.ts', '../source/client/facade.ts'],
	'bench/rows': ['../table.ts', '../../tools/terminal/pseudo-terminal.ts'],
	tools: ['./temporary-folder.ts', '../source/crypto/seal.ts', '../server.ts'],
	'tools/members': ['./talk.ts', '../temporary-folder.ts', '../../source/client/facade.ts'],
};

/** What each folder may not import: the other wing, and what lies above. */
const WRONG: Record<string, readonly string[]> = {
	'source/crypto': ['../wire/cursor.ts', '../protocol/entropy.ts', './../wire/cursor.ts', '../../cli.tsx'],
	'source/os': ['../crypto/bytes.ts', '../client/vault.ts', '../../cli.tsx'],
	'source/usage': ['../os/folder.ts', '../cli/task.ts', '../../cli.tsx'],
	'source/catalogue': ['../os/folder.ts', '../client/snapshot.ts', '../../cli.tsx'],
	'source/catalogue/en': ['../../os/folder.ts', '../../ui/app.tsx'],
	'source/channel/network': ['../../catalogue/catalogue.ts'],
	'source/wire': [
		'../crypto/bytes.ts',
		'../os/folder.ts',
		'../protocol/entropy.ts',
		'../server/accounts.ts',
		'./../crypto/bytes.ts',
	],
	'source/wire/messages': ['../../crypto/bytes.ts', '../../protocol/login/login-keys.ts', '../../../server.ts'],
	'source/content': ['../crypto/bytes.ts', '../protocol/entropy.ts', '../client/snapshot.ts', '../../cli.tsx'],
	'source/protocol': [
		'../content/kinds.ts',
		'./login/login-keys.ts',
		'../server/accounts.ts',
		'../client/vault.ts',
		'../../server.ts',
		'../os/folder.ts',
		'node:net',
		'node:fs/promises',
	],
	'source/protocol/session': [
		'../login/login-keys.ts',
		'../introduce/ticket.ts',
		'../delivery/acks.ts',
		'../path/nat.ts',
		'../../server/accounts.ts',
		'../../client/vault.ts',
		'../../ui/app.tsx',
		'../../cli/send.ts',
		'../../wire/../server/accounts.ts',
		'../../../cli.tsx',
		'node:net',
		'node:dgram',
		'node:fs',
		'node:fs/promises',
		'node:timers',
		'node:timers/promises',
		'node:process',
		'node:perf_hooks',
	],
	'source/protocol/login': ['../session/session-keys.ts'],
	'source/server': [
		'../content/kinds.ts',
		'../channel/channel.ts',
		'../messaging/roster.ts',
		'../client/facade.ts',
		'../ui/app.tsx',
		'../cli/send.ts',
		'../top/start.tsx',
		'../../server.ts',
	],
	'source/server/store': [
		'../../messaging/history/sqlite-history.ts',
		'../../channel/channel.ts',
		'../../client/facade.ts',
	],
	'source/channel': [
		'../content/kinds.ts',
		'../messaging/roster.ts',
		'../client/facade.ts',
		'../server/accounts.ts',
		'../ui/app.tsx',
		'../../cli.tsx',
	],
	'source/channel/directory': ['../../messaging/roster.ts', '../../client/snapshot.ts', '../../content/kinds.ts'],
	'source/messaging': ['../client/snapshot.ts', '../server/accounts.ts', '../ui/app.tsx', '../../cli.tsx'],
	'source/messaging/history': ['../../client/snapshot.ts', '../../server/store/sqlite.ts', '../../ui/app.tsx'],
	'source/client': ['../server/accounts.ts', '../ui/app.tsx', '../cli/send.ts', '../../cli.tsx'],
	'source/ui': [
		'../client/vault.ts',
		'../messaging/history/sqlite-history.ts',
		'../channel/channel.ts',
		'../crypto/seal.ts',
		'../wire/frame.ts',
		'../protocol/entropy.ts',
		'../server/accounts.ts',
		'../cli/send.ts',
		'../linear/linear-talk.ts',
		'../../cli.tsx',
	],
	'source/ui/screens': [
		'../../client/vault.ts',
		'../../wire/frame.ts',
		'../../protocol/login/client.ts',
		'../../cli/send.ts',
	],
	'source/cli': [
		'../client/vault.ts',
		'../crypto/seal.ts',
		'../protocol/entropy.ts',
		'../server/accounts.ts',
		'../ui/app.tsx',
		'../linear/linear-talk.ts',
	],
	'source/cli/demo': ['../../client/vault.ts', '../../server/accounts.ts', '../../ui/app.tsx'],
	'source/linear': [
		'../client/vault.ts',
		'../messaging/roster.ts',
		'../channel/channel.ts',
		'../server/accounts.ts',
		'../top/state.ts',
		'../../cli.tsx',
	],
	'source/top': [
		'../server/accounts.ts',
		'../server/store/sqlite.ts',
		'../client/facade.ts',
		'../ui/app.tsx',
		'../ui/screens/talk.ts',
		'../ui/hooks/keyboard.ts',
		'../wire/frame.ts',
		'../../server.ts',
	],
};

const WRONG_BESIDE: Record<string, readonly string[]> = {
	test: ['../scripts/run.ts', './../scripts/run.ts'],
	'test/house': ['../../scripts/run.ts', '../../scripts/media/film.ts'],
	scripts: ['../test/twins/client.ts', '../bench/table.ts', './../test/twins/client.ts'],
	bench: ['../test/twins/client.ts', '../scripts/build.ts'],
	'bench/rows': ['../../test/twins/client.ts', '../../scripts/build.ts'],
	tools: ['../test/twins/client.ts', '../scripts/run.ts', '../bench/table.ts'],
	'tools/members': ['../../test/twins/client.ts', '../../scripts/run.ts', '../../bench/table.ts'],
};

/** Spelled as if it lay in one's own folder. */
const DETOUR = './../../x/y.ts';

/** Other ways to reach a wrong place, each the body of a file: where it lies, what it says, the rule that refuses it. */
const DISGUISED: ReadonlyArray<readonly [folder: string, code: string, rule: string]> = [
	['source/ui', "export {dial} from '../client/vault.ts';", IMPORTS],
	['source/ui', "export * from '../client/vault.ts';", IMPORTS],
	['source/ui', "import '../client/vault.ts';", IMPORTS],
	['source/ui', "import type {Peer} from '../client/vault.ts'; export type Alias = Peer;", IMPORTS],
	['source/ui', "export const peer = await import('../client/vault.ts');", IMPORTS],
	['source/ui', "export type Peer = import('../client/vault.ts').Peer;", 'typescript(consistent-type-imports)'],
	['source/ui', "export const peer: unknown = require('../client/vault.ts');", 'typescript(no-require-imports)'],
	[
		'source/protocol/path',
		"import net from 'net'; export const listen = net.createServer;",
		'unicorn(prefer-node-protocol)',
	],
	['source/protocol/path', "import {randomBytes} from 'node:crypto'; export const nonce = randomBytes(16);", IMPORTS],
	['source/protocol/path', 'export const now = Date.now();', GLOBALS],
	['source/protocol/path', 'export const now = performance.now();', GLOBALS],
	['source/protocol/path', 'export const now = globalThis.Date.now();', GLOBALS],
	['source/protocol/path', 'export const timer = setTimeout(() => {}, 1);', GLOBALS],
	['source/protocol/path', 'export const timer = setInterval(() => {}, 1);', GLOBALS],
	['source/protocol/path', 'export const uptime = process.uptime();', GLOBALS],
	['source/protocol/path', "export const page = fetch('https://example.org');", GLOBALS],
	['source/protocol', "import {randomBytes} from 'node:crypto'; export const nonce = randomBytes(16);", IMPORTS],
	['source/protocol/path', 'export const id = crypto.randomUUID();', GLOBALS],
	['source/protocol/path', 'export const dice = Math.random();', PROPERTIES],
	['source/protocol', 'export const dice = Math.random();', PROPERTIES],
	['source/protocol', 'export const now = new Date();', GLOBALS],
	['test/house', "export const script = await import('../../scripts/run.ts');", IMPORTS],
	['scripts', "export {clientDoor} from '../test/cli/processes.ts';", IMPORTS],
];

type Case = {folder: string; code: string; rule: string | undefined};

const importing = (table: Record<string, readonly string[]>, rule: string | undefined): Case[] =>
	Object.entries(table).flatMap(([folder, targets]) =>
		targets.map(target => ({folder, code: `import {a} from '${target}'; export const b = a;`, rule})),
	);

const cases: Case[] = [
	...importing(RIGHT, undefined),
	...importing(WRONG, IMPORTS),
	...importing(RIGHT_BESIDE, undefined),
	...importing(WRONG_BESIDE, IMPORTS),
	...Object.keys(RIGHT).flatMap(folder => importing({[folder]: [DETOUR]}, IMPORTS)),
	...DISGUISED.map(([folder, code, rule]) => ({folder, code, rule})),
];

/** The rules broken in each file, by its path under `root`. */
async function lint(root: string): Promise<Map<string, string[]>> {
	const output = await new Promise<string>((resolve, reject) => {
		const oxlint = path.resolve('node_modules/.bin/oxlint');
		const settings = {cwd: root, maxBuffer: 16 * 1024 * 1024};
		execFile(oxlint, ['--config', '.oxlintrc.json', '--format', 'json', '.'], settings, (error, stdout) => {
			// It ends with 1 for what it found, and with other codes when it could not run.
			if (error && error.code !== 1) reject(error);
			else resolve(stdout);
		});
	});
	const {diagnostics} = JSON.parse(output) as {diagnostics: Array<{filename: string; code: string}>};
	const broken = new Map<string, string[]>();
	for (const {filename, code} of diagnostics) broken.set(filename, [...(broken.get(filename) ?? []), code]);
	return broken;
}

const fileOf = ({folder}: Case, index: number) => `${folder}/case-${index}.ts`;
let broken = new Map<string, string[]>();

test.before(async () => {
	const root = makeTemporaryFolder();
	try {
		await cp('.oxlintrc.json', path.join(root, '.oxlintrc.json'));
		const folders = new Set(cases.map(each => each.folder));
		await Promise.all([...folders].map(async folder => mkdir(path.join(root, folder), {recursive: true})));
		await Promise.all(
			cases.map(async (each, index) => writeFile(path.join(root, fileOf(each, index)), `${each.code}\n`)),
		);
		broken = await lint(root);
	} finally {
		removeFolder(root);
	}
});

for (const [index, each] of cases.entries()) {
	const {folder, code, rule} = each;
	test(`${folder} ${rule ? 'may not' : 'may'}: ${code}`, t => {
		const rules = broken.get(fileOf(each, index)) ?? [];
		if (rule) t.true(rules.includes(rule), `refused by ${rule}; found: ${rules.join(', ')}`);
		else t.deepEqual(rules, []);
	});
}

test('every folder of source/ lies on a floor, and no file lies beside them', async t => {
	const floors = new Set([
		'crypto',
		'os',
		'usage',
		'catalogue',
		'wire',
		'content',
		'protocol',
		'server',
		'channel',
		'messaging',
		'client',
		'ui',
		'cli',
		'top',
		'linear',
	]);
	const entries = await readdir('source', {withFileTypes: true});
	t.deepEqual(
		entries.filter(entry => !entry.isDirectory() || !floors.has(entry.name)).map(entry => entry.name),
		[],
	);
});
