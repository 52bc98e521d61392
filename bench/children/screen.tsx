// The real screen with ten thousand messages and no network: it waits for keys, or takes a thousand messages a second.
import process from 'node:process';
import {Board} from '../../source/client/board.ts';
import {type Client} from '../../source/client/facade.ts';
import {type Message} from '../../source/client/snapshot.ts';
import {DEFAULTS} from '../../source/client/preferences.ts';
import {runScreen} from '../../source/ui/start.tsx';

/** Messages of the open conversation. */
const MESSAGES = 10_000;
/** A second, in as many steps as datagrams would bring them. */
const RATE = 1000;
const STEP_MS = 10;

const [mode] = process.argv.slice(2);
const board = new Board();
board.account = {name: 'me', server: 'localhost:7406', identityKey: '00'.repeat(32)};
board.connection = {state: 'online'};
board.change('alice', {presence: 'online', identity: 'pinned'});
let count = 0;
board.append('alice', more(MESSAGES));

const memory = new Map<string, string>();
const nothing = () => {};
const client: Partial<Client> = {
	account: {name: 'me', server: 'localhost:7406'},
	preferences: DEFAULTS,
	snapshot: () => board.snapshot(),
	subscribe: listener => board.subscribe(listener),
	onMessage: () => nothing,
	markRead: nothing,
	loadOlder: nothing,
	typing: nothing,
	recall: key => memory.get(key),
	remember: (key, value) => void memory.set(key, value ?? ''),
};

function more(howMany: number): Message[] {
	return Array.from({length: howMany}, (): Message => {
		const id = (count++).toString(16).padStart(32, '0');
		const text = `message ${count}, of the length that people write in a line`;
		const head = {id, peer: 'alice', time: 1.8e12 + count * 1000, text} as const;
		return {...head, direction: count % 3 === 0 ? 'out' : 'in', state: 'delivered', reason: undefined};
	});
}

if (mode === 'flood') setInterval(() => board.append('alice', more((RATE * STEP_MS) / 1000)), STEP_MS);
const {stdin, stdout, env} = process;
await runScreen({client: client as Client, stdin, stdout, env});
process.exit();
