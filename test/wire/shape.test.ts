import {Buffer} from 'node:buffer';
import test from 'ava';
import {encode} from 'cborg';
import {decodeContent, encodeContent} from '../../source/content/content.ts';
import {RECEIPT_LIMIT} from '../../source/content/receipt.ts';
import {DEPTH_LIMIT, ITEM_LIMIT, fitsCborLimits} from '../../source/wire/messages/shape.ts';

const wide = (count: number) => Buffer.from(encode(Array.from({length: count}, () => 1)));
const map = (count: number) =>
	Buffer.from(encode(Object.fromEntries(Array.from({length: count}, (_, key) => [String(key), 1]))));
const nested = (depth: number) => Buffer.concat([Buffer.alloc(depth, 0x81), Buffer.of(0)]);

/** Counts how often it is looked at. */
function counted(bytes: Buffer): {bytes: Buffer; looks: () => number} {
	let looks = 0;
	const watched = new Proxy(bytes, {
		get(target, key) {
			if (typeof key === 'string' && /^\d+$/.test(key)) looks++;
			return Reflect.get(target, key) as unknown;
		},
	});
	return {bytes: watched, looks: () => looks};
}

test('a message of nothing but brackets costs its reader a few bytes of it', t => {
	for (const open of [0x81, 0x9b, 0xa1, 0xbb, 0x9f, 0xbf, 0xc1, 0xd8]) {
		const {bytes, looks} = counted(Buffer.alloc(6000, open));
		t.false(fitsCborLimits(bytes), `${open}`);
		t.true(looks() < 100, `${open}: ${looks()} looks`);
	}

	const {bytes, looks} = counted(Buffer.concat([Buffer.from('99ffff', 'hex'), Buffer.alloc(65_000, 0x80)]));
	t.false(fitsCborLimits(bytes));
	t.true(looks() < 100);
	const many = counted(Buffer.concat([Buffer.from('990400', 'hex'), Buffer.alloc(65_000, 0x80)]));
	t.false(fitsCborLimits(many.bytes));
	t.true(many.looks() <= ITEM_LIMIT + 100);
});

test('as deep and as many as the limits say, and not one more', t => {
	t.true(fitsCborLimits(nested(DEPTH_LIMIT)));
	t.false(fitsCborLimits(nested(DEPTH_LIMIT + 1)));
	t.true(fitsCborLimits(wide(ITEM_LIMIT - 1)));
	t.false(fitsCborLimits(wide(ITEM_LIMIT)));
	t.true(fitsCborLimits(map(511)));
	t.false(fitsCborLimits(map(512)));
	t.is(decodeContent(Buffer.concat([Buffer.from('820a', 'hex'), nested(DEPTH_LIMIT)])), undefined);
});

test('every content that can be said is within them', t => {
	const id = Buffer.alloc(16, 1);
	const contents: Array<Parameters<typeof encodeContent>[0]> = [
		{kind: 'receipt', ids: Array.from({length: RECEIPT_LIMIT}, () => id)},
		{kind: 'text', id, time: 2 ** 40, text: 'x'.repeat(60_000), reply: {isOwn: true, id}, lifetime: 60},
		{kind: 'reaction', id, time: 1, target: {isOwn: false, id}, value: '👍'},
	];
	for (const content of contents) {
		t.true(fitsCborLimits(encodeContent(content)));
		t.is(decodeContent(encodeContent(content))?.kind, content.kind);
	}
});

test('what is cut off, or says that it is longer than it is, ends where the bytes end', t => {
	const whole = Buffer.from(encode([1, Buffer.alloc(16), [2, {a: 'text', b: [true, null, 1.5]}], 2 ** 40]));
	t.true(fitsCborLimits(whole));
	for (let size = 0; size < whole.length; size++) {
		const {bytes, looks} = counted(whole.subarray(0, size));
		fitsCborLimits(bytes);
		t.true(looks() <= size + 10);
	}

	for (const hex of ['5bffffffffffffffff', '7bffffffffffffffff00', '825affffffff00', '1c', '9bffffffffffffffff']) {
		const {bytes, looks} = counted(Buffer.from(hex, 'hex'));
		fitsCborLimits(bytes);
		t.true(looks() < 20, hex);
	}
});
