// The real screen with ten thousand messages and no network: it waits for keys, or takes a thousand messages a second.
import process from 'node:process';
import {CurrentSignIn} from '../../source/client/current-sign-in.ts';
import {DeviceUse} from '../../source/client/device-use.ts';
import {SnapshotStore} from '../../source/client/snapshot-store.ts';
import {type Client} from '../../source/client/facade.ts';
import {DEFAULTS} from '../../source/client/preferences.ts';
import {type Message} from '../../source/client/snapshot.ts';
import {runScreen} from '../../source/ui/run-screen.tsx';
import {talkWith} from '../../source/messaging/conversation.ts';

/** Messages of the open conversation. */
const MESSAGES = 10_000;
/** Messages a second, as often as datagrams would bring them. */
const RATE = 1000;
const STEP_MS = 10;

const [mode] = process.argv.slice(2);
const board = new SnapshotStore();
board.account = {name: 'me', server: 'localhost:7406', identityKey: '00'.repeat(32)};
board.connection = {state: 'online'};
board.change('alice', {presence: 'online', identity: 'pinned'});
let count = 0;
board.append(
	talkWith('alice'),
	Array.from({length: MESSAGES}, () => next()),
);

const memory = new Map<string, string>();
const nothing = () => {};
let onMessage: (message: Message) => void = nothing;
const client: Partial<Client> = {
	account: {name: 'me', server: 'localhost:7406'},
	preferences: DEFAULTS,
	snapshot: () => board.snapshot(),
	subscribe: listener => board.subscribe(listener),
	onMessage(listener) {
		onMessage = listener;
		return nothing;
	},
	markRead(conversation) {
		board.setUnread(conversation, 0);
		return true;
	},
	loadOlder: nothing,
	typing: nothing,
	recall: (key, conversation) => memory.get(`${conversation ?? ''} ${key}`),
	remember: (key, value, conversation) => void memory.set(`${conversation ?? ''} ${key}`, value ?? ''),
	recallConversation: () => undefined,
	rememberConversation: nothing,
	// Nobody is signed in, so keys are told to no other device.
	use: new DeviceUse(new CurrentSignIn()),
};

/** A third of those of before are the person's own. */
function next(): Message {
	const id = (count++).toString(16).padStart(32, '0');
	const text = `message ${count}, of the length that people write in a line`;
	const direction = count <= MESSAGES && count % 3 === 0 ? 'out' : 'in';
	return {
		id,
		conversation: talkWith('alice'),
		direction,
		time: 1.8e12 + count * 1000,
		text,
		state: 'delivered',
		reason: undefined,
	};
}

if (mode === 'flood') {
	const start = performance.now();
	// As many as are due: a timer comes late at times.
	setInterval(() => {
		const due = Math.floor(((performance.now() - start) / 1000) * RATE) - (count - MESSAGES);
		const come = Array.from({length: due}, () => next());
		board.change('alice', {unread: (board.contact('alice')?.unread ?? 0) + due});
		board.append(talkWith('alice'), come);
		for (const message of come) onMessage(message);
	}, STEP_MS);
}

const {stdin, stdout, env} = process;
await runScreen({client: client as Client, stdin, stdout, env});
process.exit();
