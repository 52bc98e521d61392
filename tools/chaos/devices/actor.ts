// One device of a run: the real client on a profile on the disk. It does as it is told, and says what it sees until it is killed.
import {createHash} from 'node:crypto';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {createInterface} from 'node:readline';
import {Client, ClientError} from '../../../source/client/facade.ts';
import {type Message} from '../../../source/client/snapshot.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';
import {digestOf} from '../check.ts';
import {editOf, textOf} from '../seed.ts';
import {QUICK_SCRYPT, enterPatiently, moment, sayLine} from '../speaking.ts';
import {cutNetwork, watchNetwork} from './dead-network.ts';
import {type Order, type Role, type Shown, type Told, passwordOf} from './lines.ts';
import {type Act} from './plan.ts';

/** How long what is to disappear is there once it was read, s. */
const FLEETING_S = 2;

watchNetwork();
const role = JSON.parse(process.argv[2] ?? '') as Role;
const {seed, name, person, peer} = role;
const talk = talkWith(peer);
const keeper =
	role.role === 'keeper' ? {holdMs: role.holdsAll ? undefined : 0, maxBytes: undefined, strangers: true} : undefined;
const client = Client.open({folder: role.folder, scrypt: QUICK_SCRYPT, keeper});
/** Ids of own messages that were told as delivered. */
const delivered = new Set<string>();

client.onMessage(({conversation, id}) => {
	if (conversation === talk) tell({kind: 'landed', at: moment(), ids: [id]});
});
await enterPatiently(enter, seconds => tell({kind: 'waits', seconds}));
// Before anybody hears that it is here.
tell({kind: 'landed', at: moment(), ids: newest('in').map(({id}) => id)});
look();
client.subscribe(look);
createInterface({input: process.stdin})
	.on('line', line => void obey(JSON.parse(line) as Order))
	.on('close', () => process.exit());
tell({kind: 'up'});

/** Signs up, joins, or signs in. */
async function enter(): Promise<void> {
	const password = passwordOf(person);
	if (client.account !== undefined) await client.signIn(password);
	else if (name.endsWith('1')) await client.signUp(role.link, person, password);
	else await client.join(role.link, password, name);
}

async function obey(order: Order): Promise<void> {
	if (order.kind === 'do') act(order.act, order.stamp);
	else if (order.kind === 'cut') cutNetwork(order.ms);
	else if (order.kind === 'look') view(order.whole);
	else if (order.kind === 'offer') await offer(order.role);
	else if (order.kind === 'remove') await remove(order.name);
	else {
		await client.close();
		process.exit();
	}
}

async function offer(of: Role['role']): Promise<void> {
	while (client.snapshot().devices === undefined) await sleep(50);
	tell({kind: 'offered', link: client.devices.offer(of).link});
}

/** Takes another device out of the account. */
async function remove(of: Role['name']): Promise<void> {
	for (;;) {
		try {
			await client.devices.remove(client.devices.meant(of).id);
			break;
		} catch (error) {
			if (!(error instanceof ClientError) || error.code === 'unknown-device') throw error;
			await sleep(200);
		}
	}

	tell({kind: 'removed'});
}

/** What is refused was not done: nobody is written to while they are blocked. */
function act(what: Act, stamp: number): void {
	try {
		perform(what, stamp);
	} catch (error) {
		if (!(error instanceof ClientError) || error.code !== 'blocked') throw error;
	}
}

function perform(what: Act, stamp: number): void {
	const did = (id: string) => tell({kind: 'did', act: what.kind, stamp, id});
	if (!client.snapshot().contacts.some(contact => contact.name === peer)) client.addContact(peer);
	if (what.kind === 'fleeting') client.setTimer(talk, FLEETING_S);
	if (what.kind === 'text' || what.kind === 'fleeting') {
		const id = client.send(talk, textOf(seed, person, stamp));
		const isFleeting = newest('out').find(message => message.id === id)?.lifetime !== undefined;
		tell({kind: 'did', act: isFleeting ? 'fleeting' : 'text', stamp, id});
		if (what.kind === 'fleeting') client.setTimer(talk, 0);
		return undefined;
	}

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
	else if (what.kind === 'lasting') client.setTimer(talk, 0);
	else if (what.kind === 'block') client.block(peer, true);
	else if (what.kind === 'unblock') client.block(peer, false);
	else if (what.kind === 'forget') client.forget(talk);
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
	if (ids.length > 0) tell({kind: 'delivered', at: moment(), ids});
}

function view(whole: boolean): void {
	const {connection, contacts, devices} = client.snapshot();
	const others = devices?.list.filter(({isThis}) => !isThis) ?? [];
	const contact = contacts.find(each => each.name === peer);
	const said = [...client.said(talk)];
	const messages = said.map(message => shown(message));
	const fleeting = said.filter(({lifetime}) => lifetime !== undefined).length;
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
		blocked: contact?.blocked === true,
		fleeting,
		lacking: others.filter(({id}) => client.devices.lacks(id) !== 0).length,
		isOut: connection.state === 'stopped',
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

function tell(told: Told): void {
	sayLine(told);
}
