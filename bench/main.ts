// npm run bench [-- --quick] [-- --only name,…]: everything promised about speed and size, measured, in one table.
import {cpus} from 'node:os';
import process from 'node:process';
import {stopChildren} from './child.ts';
import {eventLoop} from './rows/event-loop.ts';
import {file} from './rows/file.ts';
import {goodput} from './rows/goodput.ts';
import {halfOpen} from './rows/half-open.ts';
import {history} from './rows/history.ts';
import {hostilePeer} from './rows/hostile-peer.ts';
import {introductions} from './rows/introductions.ts';
import {keeper} from './rows/keeper.ts';
import {logins} from './rows/logins.ts';
import {memory} from './rows/memory.ts';
import {latency, messages} from './rows/messages.ts';
import {prosody} from './rows/peers.ts';
import {primitives} from './rows/primitives.ts';
import {probedSetup} from './rows/probed-setup.ts';
import {replication} from './rows/replication.ts';
import {sessionSetup} from './rows/session-setup.ts';
import {screen} from './rows/screen.ts';
import {soak} from './rows/soak.ts';
import {newDevice} from './rows/new-device.ts';
import {storm} from './rows/storm.ts';
import {strangers} from './rows/strangers.ts';
import {type Row, tableText} from './table.ts';
import {scriptFlags, wrongFlags} from '../tools/script-flags.ts';

const benches: Readonly<Record<string, (quick: boolean) => Promise<Row[]>>> = {
	logins,
	'event-loop': eventLoop,
	storm,
	introductions,
	session: sessionSetup,
	'session-by-probes': probedSetup,
	latency,
	messages,
	goodput,
	file,
	strangers,
	'half-open': halfOpen,
	memory,
	history,
	replication,
	'new-device': newDevice,
	keeper,
	screen,
	primitives,
	prosody,
	'hostile-peer': hostilePeer,
	soak,
};
/** They run when they are named: an hour is nothing to wait for unasked. */
const onlyNamed = new Set(['soak']);

const values = scriptFlags('bench', {quick: {type: 'boolean', default: false}, only: {type: 'string'}});
const names = values.only?.split(',') ?? Object.keys(benches).filter(name => !onlyNamed.has(name));
const unknown = names.filter(name => benches[name] === undefined);
if (unknown.length > 0) {
	wrongFlags('bench', `no such bench: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`);
}

process.stdout.write(`${heading()}\n\n`);
const rows: Row[] = [];
try {
	for (const name of names) {
		const start = performance.now();
		rows.push(...(await benches[name]!(values.quick)));
		process.stderr.write(`${name}: ${Math.round((performance.now() - start) / 1000)} s\n`);
	}
} finally {
	await stopChildren();
}

process.stdout.write(tableText(rows));

function heading(): string {
	const [first] = cpus();
	return `simchat on ${first?.model.trim()}, ${cpus().length} cores, Node ${process.versions.node}, OpenSSL ${process.versions.openssl}
Medians of interleaved rounds. Clients, peers and servers share the cores: a rate is what the whole machine does, so hold to CPU times and ratios.`;
}
