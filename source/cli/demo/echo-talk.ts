// A talk with a bot that answers every message with the same text: each answer is compared, byte for byte, and timed.
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {type Client} from '../../client/facade.ts';
import {type Contact, type ConversationId, type Message, contactIn, talkWith} from '../../client/snapshot.ts';
import {until} from '../until.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

export class EchoTalk {
	readonly #client: Client;
	readonly #conversation: ConversationId;
	readonly #answers = new EventTarget();
	/** Answers that nobody has waited for yet, oldest first: as many as were sent. */
	#waiting: Message[] = [];

	/** `account`: the bot's. */
	constructor(client: Client, account: string) {
		this.#client = client;
		this.#conversation = talkWith(account);
		client.onMessage(message => {
			this.#waiting.push(message);
			this.#answers.dispatchEvent(new Event('answer'));
		});
	}

	contact(): Contact | undefined {
		return contactIn(this.#client.snapshot(), this.#conversation);
	}

	get messages(): readonly Message[] {
		return this.#client.snapshot().conversations.get(this.#conversation)?.messages ?? [];
	}

	/** Ms from handing over `text` until its receipt is here and until its answer is. Throws when the answer differs. */
	async exchange(text: string): Promise<{receipt: number; answer: number}> {
		const begun = performance.now();
		const id = this.#client.send(this.#conversation, text);
		const [receipt, answer] = await Promise.all([
			this.#receipt(id).then(() => performance.now() - begun),
			this.#answer(text).then(() => performance.now() - begun),
		]);
		return {receipt, answer};
	}

	async #receipt(id: string): Promise<void> {
		await until(
			this.#client,
			() => this.messages.some(message => message.id === id && ['delivered', 'read'].includes(message.state)),
			{},
		);
	}

	async #answer(text: string): Promise<void> {
		if (this.#waiting.length === 0) await once(this.#answers, 'answer');
		const answer = this.#waiting.shift();
		if (!Buffer.from(answer?.text ?? '').equals(Buffer.from(text))) {
			throw new Error(catalogue.demo.otherAnswer(Buffer.byteLength(text)));
		}
	}
}
