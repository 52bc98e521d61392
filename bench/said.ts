// A history as a busy person has it after years, the same at each run: words by Zipf's law, some texts in Japanese, a peer with a
// large share, one with 100,000 messages, one with 40, and many others.
import {Buffer} from 'node:buffer';
import {type History} from '../source/messaging/history/history.ts';
import {type Message} from '../source/client/snapshot.ts';
import {talkWith} from '../source/messaging/conversation.ts';

/** Different words, and how many a text has. */
const VOCABULARY = 30_000;
const WORDS = {least: 3, most: 18};
/** One transaction. */
const BATCH = 10_000;
const SYLLABLES = 'ka lo mi ne ra to su ve pi do ha zu en ar is on th er an in re st al or ch sh'.split(' ');
const PHRASES = ['日本語の勉強をしています', '明日の会議は午後三時から', '東京の天気はどうですか'];

/** Numbers from 0 to 1 that look random (mulberry32), the same at each run. */
function numbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d_2b_79_f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const vocabularyNumber = numbers(1);

/** The most frequent first. */
export const vocabulary: readonly string[] = Array.from({length: VOCABULARY}, (_, index) => {
	const length = 1 + Math.floor(Math.log2(index + 2) / 4) + Math.floor(vocabularyNumber() * 2);
	return Array.from({length}, () => SYLLABLES[Math.floor(vocabularyNumber() * SYLLABLES.length)]).join('');
});

/** Who message `index` is with, when every `share`-th is with `many`. */
function peerOf(index: number, share: number, small: Set<number>): string {
	if (small.has(index)) return 'forty';
	if (index % share === 0) return 'many';
	return index % 3 === 0 ? 'most' : `friend${index % 97}`;
}

/** Fills an empty history with `count` messages, without waiting for the disk after each. */
export function fill(history: History, count: number): void {
	const random = numbers(2);
	const small = new Set(Array.from({length: 40}, (_, index) => Math.floor((index / 40) * count)));
	const share = Math.max(2, Math.floor(count / 100_000));
	for (let start = 0; start < count; start += BATCH) {
		const length = Math.min(BATCH, count - start);
		history.append(
			Array.from({length}, (_, offset): Message => {
				const index = start + offset;
				return messageOf(index, peerOf(index, share, small), textOf(random));
			}),
		);
	}
}

export function messageOf(index: number, peer: string, text: string): Message {
	const id = Buffer.alloc(16);
	id.writeUInt32BE(index, 12);
	const direction = index % 2 === 0 ? 'in' : 'out';
	return {
		id: id.toString('hex'),
		conversation: talkWith(peer),
		direction,
		time: index * 60_000,
		text,
		state: 'delivered',
		reason: undefined,
	};
}

function textOf(random: () => number): string {
	const length = WORDS.least + Math.floor(random() * (WORDS.most - WORDS.least));
	const words = Array.from({length}, () => vocabulary[Math.floor(VOCABULARY ** random()) - 1]);
	if (random() < 0.03) words.push(PHRASES[Math.floor(random() * PHRASES.length)]);
	return words.join(' ');
}
