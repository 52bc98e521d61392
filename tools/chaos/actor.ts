// One person of a run: the real client on a profile on the disk. It talks as it is told to, and says all that it sees until it is killed.
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {Client} from '../../source/client/facade.ts';
import {type Message} from '../../source/client/snapshot.ts';
import {type SavedFile, type Seen, digestOf} from './check.ts';
import {type Order, type Role, type Told} from './lines.ts';
import {actOf, editOf, fileNameOf, fileOf, fileSizeOf, gapOf, textOf} from './seed.ts';
import {QUICK_SCRYPT, enterPatiently, moment, sayLine} from './speaking.ts';
import {makeFolder} from '../../source/os/folder.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

/** Own messages under way past which nothing more is said. */
const UNDER_WAY = 60;

const role = JSON.parse(process.argv[2] ?? '') as Role;
const {seed, name, peer} = role;
const conversation = talkWith(peer);
const client = Client.open({folder: role.folder, scrypt: QUICK_SCRYPT});
const [sources, downloads] = ['sources', 'downloads'].map(each => `${role.folder}-${each}`) as [string, string];
for (const folder of [sources, downloads]) makeFolder(folder);
client.setPreferences({downloads});
/** Offers that were wanted in this process. */
const taken = new Set<string>();
/** Ids of own messages that are not shown as delivered. */
const pending = new Set<string>();
let talks = false;
let isQuiet = false;
let next = 1;
let timer: NodeJS.Timeout | undefined;

client.onMessage(({conversation: of, id, text}) => {
	if (of === conversation) tell({kind: 'landed', at: moment(), id, number: numberOf(text)});
});
const password = `the password of ${name}`;
await enterPatiently(
	async () => (client.account === undefined ? client.signUp(role.link, name, password) : client.signIn(password)),
	seconds => tell({kind: 'waits', seconds}),
);
for (const {id, number, state} of show(role.known)) {
	next = Math.max(next, number + 1);
	if (state === 'queued' || state === 'sent') pending.add(id);
}

client.subscribe(look);
createInterface({input: process.stdin})
	.on('line', line => obey(line as Order))
	.on('close', () => process.exit());

/** Tells what is there after a start, back to what is known already; the own ones. */
function show({sent, received}: Role['known']): readonly Seen[] {
	client.addContact(peer);
	const reaches = (direction: Message['direction'], known: number) =>
		seen(direction).some(({number}) => number > 0 && number <= known);
	while (hasOlder() && !(reaches('out', sent) && reaches('in', received))) client.loadOlder(conversation);
	const own = seen('out');
	tell({kind: 'up', at: moment(), sent: own, received: seen('in')});
	return own;
}

function obey(order: Order): void {
	talks = order === 'talk';
	clearTimeout(timer);
	isQuiet = false;
	if (order === 'talk') void say();
	if (order === 'rest') {
		// A file may have been offered before what is on show.
		while (hasOlder()) client.loadOlder(conversation);
		look();
	}

	if (order === 'tell') {
		while (hasOlder()) client.loadOlder(conversation);
		const {connection, contacts, transfers} = client.snapshot();
		const underWay = [...(transfers?.values() ?? [])].filter(({state}) => state !== 'done');
		const standing = JSON.stringify([
			connection,
			contacts.find(contact => contact.name === peer),
			client.outbox(),
			underWay,
		]);
		tell({kind: 'history', standing, sent: seen('out'), received: seen('in'), files: savedFiles()});
	}
}

async function say(): Promise<void> {
	if (pending.size < UNDER_WAY) {
		const number = next++;
		const size = fileSizeOf(seed, name, number);
		const id =
			size === undefined
				? client.send(conversation, textOf(seed, name, number))
				: await client.files.offer(conversation, madeFile(number, size));
		pending.add(id);
		tell({kind: 'sent', id, number});
		act(number);
	}

	// It may be told to rest meanwhile.
	if (talks) timer = setTimeout(() => void say(), gapOf(seed, name, next));
}

function madeFile(number: number, size: number): string {
	const file = path.join(sources, fileNameOf(number));
	writeFileSync(file, fileOf(seed, name, number, size));
	return file;
}

/** Wants what is offered, and is not there. */
function takeFiles(): void {
	for (const {direction, id, file} of messages()) {
		const isNew = direction === 'in' && file !== undefined && file.answers.out === undefined;
		if (!isNew || taken.has(id)) continue;
		taken.add(id);
		// It may have been deleted, or the disk be full.
		client.files.take(conversation, id).catch(() => taken.delete(id));
	}
}

/** Whether own files are still to be there: the other side has nothing to wait for before they are offered. */
function goes(): boolean {
	return messages().some(
		({direction, file}) => direction === 'out' && file !== undefined && file.answers.in !== 'received',
	);
}

/** Changes, deletes or answers what is there by now. */
function act(after: number): void {
	const drawn = actOf(seed, name, after);
	if (drawn === undefined) return;
	const {kind, back} = drawn;
	const isMeant = (message: Message) =>
		kind === 'react'
			? message.direction === 'in'
			: message.direction === 'out' && numberOf(message.text) === after - back;
	const message = messages().findLast(each => isMeant(each) && each.deleted !== true);
	if (message === undefined) return;
	const {direction, id, text} = message;
	if (kind === 'edit') client.edit(conversation, id, editOf(numberOf(text), after));
	else if (kind === 'erase') client.erase(conversation, id);
	else client.react(conversation, {direction, id}, `👍${after}`);
	tell({kind: 'acted', act: kind, id, after});
}

function savedFiles(): SavedFile[] {
	return readdirSync(downloads).map(file => ({name: file, digest: digestOf(readFileSync(path.join(downloads, file)))}));
}

/** Tells what has become of own messages, and reads what came. */
function look(): void {
	const delivered: string[] = [];
	let left = pending.size;
	for (const {id, state} of messages().toReversed()) {
		if (left === 0) break;
		if (!pending.has(id)) continue;
		left--;
		if (state === 'delivered' || state === 'read') delivered.push(id);
	}

	for (const id of delivered) pending.delete(id);
	if (delivered.length > 0) tell({kind: 'delivered', at: moment(), ids: delivered});
	client.markRead(conversation);
	takeFiles();
	const outbox = client.snapshot().contacts.find(contact => contact.name === peer)?.outbox;
	if (talks || isQuiet || pending.size > 0 || outbox !== 0 || goes()) return;
	isQuiet = true;
	tell({kind: 'quiet'});
}

function messages(): readonly Message[] {
	return client.snapshot().conversations.get(conversation)?.messages ?? [];
}

function hasOlder(): boolean {
	return client.snapshot().conversations.get(conversation)?.hasOlder === true;
}

function seen(direction: Message['direction']): Seen[] {
	return messages()
		.filter(message => message.direction === direction)
		.map(({id, state, text, edited, deleted, reactions = []}) => ({
			id,
			number: numberOf(text),
			state,
			digest: digestOf(text),
			edited: edited === undefined ? 0 : lastNumberOf(text),
			erased: deleted === true,
			reaction: lastNumberOf(reactions.find(each => each.direction !== direction)?.emoji ?? ''),
		}));
}

function lastNumberOf(text: string): number {
	return Number(/\d+$/.exec(text)?.[0] ?? 0);
}

function numberOf(text: string): number {
	return Number(/^\d+/.exec(text)?.[0] ?? 0);
}

function tell(told: Told): void {
	sayLine(told);
}
