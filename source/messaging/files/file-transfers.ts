// The files that are on their way on this device, to others and from them.
import {type Buffer} from 'node:buffer';
import {type FilesFrom} from '../../channel/channel-user.ts';
import {decodeFileMessage} from '../../wire/messages/file.ts';
import {type ConversationId} from '../conversation.ts';
import {type MessageName} from '../message.ts';
import {IncomingFiles, type IncomingFilesPorts} from './incoming-files.ts';
import {OutgoingFiles, type OutgoingFilesPorts} from './outgoing-files.ts';
import {type FileProblem} from './transfer.ts';

export class FileTransfers {
	readonly #answer: IncomingFilesPorts['answer'];
	readonly #incoming: IncomingFiles;
	readonly #outgoing: OutgoingFiles;

	constructor(ports: IncomingFilesPorts & OutgoingFilesPorts) {
		this.#answer = ports.answer;
		this.#incoming = new IncomingFiles(ports);
		this.#outgoing = new OutgoingFiles(ports);
	}

	/** What was wanted when the process ended is wanted still. */
	start(): void {
		this.#incoming.start();
	}

	/** Nothing more comes or goes; what is there stays, so that it goes on later. */
	async close(): Promise<void> {
		this.#outgoing.close();
		await this.#incoming.close();
	}

	async offer(...[conversation, file, id]: Parameters<OutgoingFiles['offer']>): ReturnType<OutgoingFiles['offer']> {
		return this.#outgoing.offer(conversation, file, id);
	}

	async take(conversation: ConversationId, id: string): Promise<FileProblem | undefined> {
		return this.#incoming.take(conversation, id);
	}

	decline(conversation: ConversationId, id: string): void {
		this.#incoming.refuse(conversation, id, 'declined');
	}

	/** Nothing more of a file comes, or goes; both sides hear of it. */
	stop(conversation: ConversationId, name: MessageName): void {
		if (name.direction === 'in') return this.#incoming.refuse(conversation, name.id, 'stopped');
		this.#answer(conversation, name, 'stopped');
		this.#outgoing.stop(conversation, name.id);
	}

	wantedDevice(account: string): Buffer | undefined {
		return this.#incoming.wantedDevice(account);
	}

	/** What a device of an account says of files. What is malformed is passed over. */
	onFiles(account: string, messages: readonly Buffer[], device: Buffer, {session, isSentOn}: FilesFrom): void {
		for (const bytes of messages) {
			const message = decodeFileMessage(bytes);
			if (message === undefined) continue;
			const isTaken = message.kind !== 'ask' && this.#incoming.onMessage(account, message, device, isSentOn);
			const isAsked = message.kind === 'ask' || message.kind === 'end';
			if (!isTaken && isAsked) this.#outgoing.onMessage(account, message, device, session);
		}
	}

	onSession(account: string, device: Buffer | undefined): void {
		this.#incoming.onSession(account, device);
		if (device === undefined) this.#outgoing.onSessionEnd(account);
	}

	fill(account: string, enqueue: (message: Buffer, to: Buffer, session?: number) => boolean): void {
		this.#incoming.fill(account, enqueue);
		this.#outgoing.fill(account, enqueue);
	}

	dueAt(account: string): number {
		return Math.min(this.#incoming.dueAt(account), this.#outgoing.dueAt(account));
	}
}
