// Somebody below the client's facade, in a process of their own: an honest one who waits for receipts, or one who edits without end.
import {Buffer} from 'node:buffer';
import {setTimeout as pause} from 'node:timers/promises';
import {systemRandom} from '../../source/crypto/random.ts';
import {decodeContent, encodeContent} from '../../source/content/content.ts';
import {MESSAGE_ID_SIZE} from '../../source/content/message-reference.ts';
import {type Place} from '../../tools/members/directory-client.ts';
import {type Talk} from '../../tools/members/talk.ts';
import {Talker} from '../../tools/members/talker.ts';
import {answer} from '../child.ts';

/** Between two texts, ms; a person's would be further apart. */
const TEXT_EVERY_MS = 100;
/** A receipt that has not come by then counts as having taken so long, ms. */
const RECEIPT_WITHIN_MS = 30_000;
/** Edits under way: a session has its windows full with fewer, and takes only so many messages in all. */
const BATCH = 1024;
/** Before a session that has not come about is tried again, ms. */
const RETRY_MS = 500;

let talker: Talker | undefined;
let talk: Talk;
/** Who waits for the receipt of an id, in hex: one at a time. */
const waiting = new Map<string, () => void>();

function take(contents: readonly Buffer[]): void {
	for (const bytes of contents) {
		const content = decodeContent(bytes);
		if (content?.kind === 'receipt') {
			for (const id of content.ids) waiting.get(id.toString('hex'))?.();
		} else if (content !== undefined && 'id' in content) {
			talk.say(encodeContent({kind: 'receipt', ids: [content.id]}));
		}
	}
}

const calls = {
	async meet(place: Place, name: string, peer: string): Promise<void> {
		talker = await Talker.join(place, {name});
		talk = await talker.talkTo(peer, take);
	},

	/** Says a text every 100 ms, each once the one before has its receipt. Ms from each to its receipt. */
	async texts(seconds: number): Promise<number[]> {
		const times: number[] = [];
		for (const end = performance.now() + seconds * 1000; performance.now() < end; await pause(TEXT_EVERY_MS)) {
			const id = systemRandom(MESSAGE_ID_SIZE);
			const start = performance.now();
			const come = new Promise<void>(resolve => void waiting.set(id.toString('hex'), resolve));
			const isSaid = talk.say(encodeContent({kind: 'text', id, time: Date.now(), text: 'that is what we said'}));
			if (!isSaid) throw new Error('the session is over');
			await Promise.race([come, pause(RECEIPT_WITHIN_MS)]);
			waiting.clear();
			times.push(performance.now() - start);
		}

		return times;
	},

	/** Edits one message of its own as fast as the peer takes it, to texts of so many bytes. Edits that have arrived. */
	async edits(peer: string, seconds: number, size: number): Promise<number> {
		const target = systemRandom(MESSAGE_ID_SIZE);
		talk.say(encodeContent({kind: 'text', id: target, time: Date.now(), text: 'good day'}));
		const text = Buffer.alloc(size, '.').toString();
		const end = performance.now() + seconds * 1000;
		let arrived = 0;
		while (performance.now() < end) {
			let said = 0;
			const about = {isOwn: true, id: target};
			const edit = () =>
				({kind: 'edit', id: systemRandom(MESSAGE_ID_SIZE), time: Date.now(), target: about, value: text}) as const;
			while (said < BATCH && talk.say(encodeContent(edit()))) said++;
			await talk.arrived(end);
			if (talk.idle) arrived += said;
			if (talk.ended) await again(peer);
		}

		return arrived;
	},
};

/** Another session in place of one that is over. */
async function again(peer: string): Promise<void> {
	try {
		talk = await talker!.talkTo(peer, take);
	} catch {
		await pause(RETRY_MS);
	}
}

export type TalkerCalls = typeof calls;

answer(calls, async () => talker?.close());
