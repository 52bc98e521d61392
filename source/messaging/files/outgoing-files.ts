// Files that we offer: made into messages, and given to whoever they were offered to.
import {Buffer} from 'node:buffer';
import path from 'node:path';
import {FILE_NAME_LIMIT} from '../../content/file-offer-field.ts';
import {FILE_END, type FileAsk, type FileEnd} from '../../wire/messages/file.ts';
import {SourceFile, type SourceRefusal} from '../../os/source-file.ts';
import {type ConversationId, otherIn, talkWith} from '../conversation.ts';
import {type Written} from '../conversations.ts';
import {type History} from '../history/history.ts';
import {type Message, type MessageName} from '../message.ts';
import {FileGiving, type GivenFile} from './file-giving.ts';
import {savedName} from './saved-name.ts';
import {type Transfer} from './transfer.ts';
import {treeOf} from './tree-of-source.ts';

/** Devices of others that fetch something at once; what another one asks for then, it asks for again. */
const DEVICES = 64;

export type OfferRefusal = SourceRefusal | 'changed';

export type OutgoingFilesPorts = {
	/** This device, 8 bytes. */
	readonly self: Buffer;
	readonly history: Pick<History, 'file'>;
	/** A message as it is now. */
	readonly message: (conversation: ConversationId, name: MessageName) => Message | undefined;
	/** Writes down a message that offers a file, and where that is, and sends it; its id. */
	readonly send: (conversation: ConversationId, file: NonNullable<Written['file']>, id: string | undefined) => string;
	/** There is something to say to the devices of an account. */
	readonly wake: (account: string) => void;
	/** Ms of a clock that only runs forward. */
	readonly elapsed: () => number;
	readonly show: (transfer: Transfer) => void;
};

/** What one device fetches, and the session in which it has last asked. */
type Given = {
	readonly account: string;
	readonly device: Buffer;
	readonly giving: FileGiving;
	readonly session: number;
};

export class OutgoingFiles {
	readonly #ports: OutgoingFilesPorts;
	/** By account and device, in the order that they have last asked in. */
	readonly #givings = new Map<string, Given>();

	constructor(ports: OutgoingFilesPorts) {
		this.#ports = ports;
	}

	close(): void {
		for (const {giving} of this.#givings.values()) giving.close();
	}

	/** Reads a file, and offers it; the id of the message, or why it cannot be. */
	async offer(
		conversation: ConversationId,
		file: string,
		id: string | undefined,
	): Promise<{readonly id: string} | {readonly refusal: OfferRefusal}> {
		const opened = await SourceFile.open(file);
		if (!('file' in opened)) return opened;
		const {file: source} = opened;
		try {
			const tree = await treeOf(source).catch(() => 'unreadable' as const);
			if (tree === 'unreadable') return {refusal: tree};
			if (tree === undefined) return {refusal: 'changed'};
			const offered = {
				name: offeredName(file),
				size: source.size,
				root: tree.root.toString('hex'),
				device: this.#ports.self.toString('hex'),
				answers: {},
				path: file,
				stamp: source.stamp,
			};
			return {id: this.#ports.send(conversation, offered, id)};
		} finally {
			await source.close();
		}
	}

	/** Gives no more of it. */
	stop(conversation: ConversationId, id: string): void {
		const account = otherIn(conversation);
		for (const each of this.#givings.values()) if (each.account === account) each.giving.end(id, FILE_END.stopped);
		this.#ports.wake(account);
	}

	/** What a device of an account says of a file that it was offered, in a session in which it is answered. */
	onMessage(account: string, message: FileAsk | FileEnd, device: Buffer, session: number): void {
		this.#giving(account, device, session).take(message);
		this.#ports.wake(account);
	}

	/** No session with the account stands any more: whoever goes on asks anew. */
	onSessionEnd(account: string): void {
		for (const [key, each] of this.#givings) {
			if (each.account !== account) continue;
			for (const [id, how] of each.giving.underWay) this.#show(account, id, {state: 'waiting', ...how});
			each.giving.close();
			this.#givings.delete(key);
		}
	}

	/** Says to the devices of an account what they have asked for, as far as `enqueue` takes it. */
	fill(account: string, enqueue: (message: Buffer, to: Buffer, session?: number) => boolean): void {
		for (const {account: of, device, giving, session} of this.#givings.values()) {
			if (of === account) giving.fill(message => enqueue(message, device, session));
		}
	}

	/** When there is something to say to an account by itself, on the elapsed clock. */
	dueAt(account: string): number {
		const givings = [...this.#givings.values()].filter(each => each.account === account);
		return Math.min(Number.POSITIVE_INFINITY, ...givings.map(({giving}) => giving.dueAt));
	}

	/** What was asked for in another session, perhaps by a process that was killed, counts no more. */
	#giving(account: string, device: Buffer, session: number): FileGiving {
		const key = `${device.toString('hex')} ${account}`;
		const known = this.#givings.get(key);
		if (known?.session === session) return known.giving;
		known?.giving.close();
		this.#givings.delete(key);
		for (const [oldest, {giving}] of this.#givings) {
			if (this.#givings.size < DEVICES) break;
			giving.close();
			this.#givings.delete(oldest);
		}

		const conversation = talkWith(account);
		const giving = new FileGiving({
			elapsed: this.#ports.elapsed,
			given: id => this.#given(conversation, id),
			onWork: () => this.#ports.wake(account),
			onProgress: (id, how) => this.#show(account, id, {state: 'running', ...how}),
		});
		this.#givings.set(key, {account, device, giving, session});
		return giving;
	}

	#show(account: string, id: string, how: Pick<Transfer, 'state' | 'done' | 'size' | 'rate'>): void {
		this.#ports.show({conversation: talkWith(account), message: {direction: 'out', id}, ...how});
	}

	/** What is offered to an account, as this device has it; else why it is not given, of FILE_END. */
	#given(conversation: ConversationId, id: string): GivenFile | number {
		const name = {direction: 'out', id} as const;
		const file = this.#ports.message(conversation, name)?.file;
		const row = this.#ports.history.file(conversation, name);
		if (file === undefined || row === undefined) return FILE_END.notHere;
		const {in: theirs, out: ours} = file.answers;
		return theirs === 'declined' || ours === 'stopped' ? FILE_END.stopped : {file, path: row.path};
	}
}

/** The last part of a path, as far as an offer takes it. */
function offeredName(file: string): string {
	const name = path.basename(file).toWellFormed();
	return Buffer.byteLength(name) <= FILE_NAME_LIMIT ? name : savedName(name);
}
