// One device of a run: the real client on a profile on the disk. It does as it is told, and says what it sees until it is killed.
import {createHash} from 'node:crypto';
import {writeSync} from 'node:fs';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {createInterface} from 'node:readline';
import {Buffer} from 'node:buffer';
import {Client, ClientError} from '../../../source/client/facade.ts';
import {type Message} from '../../../source/client/snapshot.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';
import {digestOf} from '../check.ts';
import {editOf, textOf} from '../seed.ts';
import {cutNetwork, watchNetwork} from './dead-network.ts';
import {type Order, type Role, type Shown, type Told, passwordOf} from './lines.ts';
import {type Act} from './plan.ts';

/** The least that a client accepts from a server: restarts are many. */
const scrypt = {logN: 15, r: 8, p: 1} as const;

watchNetwork();
const role = JSON.parse(process.argv[2] ?? '') as Role;
const {seed, name, person, peer} = role;
const talk = talkWith(peer);
const keeper =
	role.role === 'keeper' ? {holdMs: role.holdsAll ? undefined : 0, maxBytes: undefined, strangers: true} : undefined;
const client = Client.open({folder: role.folder, scrypt, keeper});
/** Ids of own messages that were told as delivered. */
const delivered = new Set<string>();
/** Waited on in vain, for the time alone. */
const pause = new Int32Array(new SharedArrayBuffer(4));

client.onMessage(({conversation, id}) => {
	if (conversation === talk) tell({kind: 'landed', at: now(), ids: [id]});
});
await enter();
// Before anybody hears that it is here.
tell({kind: 'landed', at: now(), ids: newest('in').map(({id}) => id)});
look();
client.subscribe(look);
createInterface({input: process.stdin})
	.on('line', line => void obey(JSON.parse(line) as Order))
	.on('close', () => process.exit());
tell({kind: 'up'});

/** Signs up, joins, or signs in. Whoever is killed in the middle of logins may have to wait, as after wrong passwords. */
async function enter(): Promise<void> {
	const password = passwordOf(person);
	for (;;) {
		try {
			if (client.account !== undefined) await client.signIn(password);
			else if (name.endsWith('1')) await client.signUp(role.link, person, password);
			else await client.join(role.link, password, name);
			return;
		} catch (error) {
			if (!(error instanceof ClientError) || error.retryAfter === undefined) throw error;
			tell({kind: 'waits', seconds: error.retryAfter});
			await sleep(error.retryAfter * 1000);
		}
	}
}

async function obey(order: Order): Promise<void> {
	if (order.kind === 'do') act(order.act, order.stamp);
	else if (order.kind === 'cut') cutNetwork(order.ms);
	else if (order.kind === 'look') view(order.whole);
	else if (order.kind === 'offer') await offer(order.role);
	else {
		await client.close();
		process.exit();
	}
}

async function offer(of: Role['role']): Promise<void> {
	while (client.snapshot().devices === undefined) await sleep(50);
	tell({kind: 'offered', link: client.devices.offer(of).link});
}

function act(what: Act, stamp: number): void {
	const did = (id: string) => tell({kind: 'did', act: what.kind, stamp, id});
	if (!client.snapshot().contacts.some(contact => contact.name === peer)) client.addContact(peer);
	if (what.kind === 'text') return did(client.send(talk, textOf(seed, person, stamp)));
	if ('back' in what) {
		const message = newest(what.kind === 'react' ? 'in' : 'out')
			.filter(each => each.deleted !== true)
			.at(-1 - what.back);
		if (message === undefined) return undefined;
		const {direction, id, text} = message;
		if (what.kind === 'edit') client.edit(talk, id, editOf(stampOf(text), stamp));
		else if (what.kind === 'erase') client.erase(talk, id);
		else client.react(talk, {direction, id}, `👍${stamp}`);
		return did(id);
	}

	if (what.kind === 'read') client.markRead(talk);
	else if (what.kind === 'nickname') client.setNickname(peer, `called ${stamp}`);
	else client.remember('mute', stamp % 2 === 0 ? 'yes' : undefined, talk);
	return did('');
}

/** Tells what has become of own messages. */
function look(): void {
	const ids = newest('out')
		.filter(({id, state}) => (state === 'delivered' || state === 'read') && !delivered.has(id))
		.map(({id}) => id);
	for (const id of ids) delivered.add(id);
	if (ids.length > 0) tell({kind: 'delivered', at: now(), ids});
}

function view(whole: boolean): void {
	const {connection, contacts} = client.snapshot();
	const contact = contacts.find(each => each.name === peer);
	const messages = [...client.said(talk)].map(message => shown(message));
	const nickname = lastStampOf(contact?.nickname ?? '');
	const muted = client.recall('mute', talk) !== undefined;
	const [unread, outbox] = [contact?.unread ?? 0, contact?.outbox ?? 0];
	const all = JSON.stringify([unread, nickname, muted, contact?.request, contact?.blocked, messages]);
	const digest = createHash('sha256').update(all).digest('hex').slice(0, 16);
	const standing = JSON.stringify([connection, contact, client.outbox()]);
	const {length: count} = messages;
	tell({
		kind: 'view',
		digest,
		count,
		unread,
		outbox,
		nickname,
		muted,
		standing,
		messages: whole ? messages : undefined,
	});
}

function shown({direction, id, state, text, edited, deleted, reactions = []}: Message): Shown {
	const reaction = (of: Message['direction']) =>
		lastStampOf(reactions.find(each => each.direction === of)?.emoji ?? '');
	return {
		own: direction === 'out',
		id,
		stamp: stampOf(text),
		state,
		digest: digestOf(text),
		edited: edited === undefined ? 0 : lastStampOf(text),
		ownReaction: reaction('out'),
		theirReaction: reaction('in'),
		erased: deleted === true,
	};
}

function newest(direction: Message['direction']): readonly Message[] {
	const messages = client.snapshot().conversations.get(talk)?.messages ?? [];
	return messages.filter(message => message.direction === direction);
}

function lastStampOf(text: string): number {
	return Number(/\d+$/.exec(text)?.[0] ?? 0);
}

function stampOf(text: string): number {
	return Number(/^\d+/.exec(text)?.[0] ?? 0);
}

function now(): string {
	return String(process.hrtime.bigint());
}

/** Out of this process when it returns: a kill takes nothing of it back. */
function tell(told: Told): void {
	const bytes = Buffer.from(`${JSON.stringify(told)}\n`);
	for (let written = 0; written < bytes.length;) {
		try {
			written += writeSync(1, bytes, written);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
			Atomics.wait(pause, 0, 0, 1); // Whoever reads is behind.
		}
	}
}
