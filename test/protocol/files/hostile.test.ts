// A giver and an asker that keep to no rule: each is found out, or held to what it costs.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {type FetchStep, Fetching} from '../../../source/protocol/files/fetching.ts';
import {
	ANSWERS_LIMIT,
	GIVEN_LEAVES,
	LEAF_SIZE,
	VAIN_LEAVES,
	VAIN_LEAVES_A_SECOND,
} from '../../../source/protocol/files/file-limits.ts';
import {Giving} from '../../../source/protocol/files/giving.ts';
import {
	FILE_END,
	FILE_PIECE_SIZE,
	type FileMessage,
	decodeFileMessage,
	encodeFileMessage,
} from '../../../source/wire/messages/file.ts';
import {fileOf, leafOf, offerOf, readAll} from '../../twins/shared-file.ts';

const file = fileOf(2 * LEAF_SIZE + 100);
const {offer, tree, bytes} = file;
const leaf = (index: number, path = tree.path(index)): FileMessage => ({kind: 'leaf', offer, index, path});
const piece = (index: number, offset: number, size = FILE_PIECE_SIZE): FileMessage => ({
	kind: 'piece',
	offer,
	leaf: index,
	offset,
	data: bytes.subarray(index * LEAF_SIZE + offset, index * LEAF_SIZE + offset + size),
});
const whole = (index: number) => {
	const size = leafOf(bytes, index).length;
	const starts = Array.from({length: Math.ceil(size / FILE_PIECE_SIZE)}, (_, at) => at * FILE_PIECE_SIZE);
	return [leaf(index), ...starts.map(start => piece(index, start, Math.min(FILE_PIECE_SIZE, size - start)))];
};

const altered = (message: FileMessage): FileMessage =>
	message.kind === 'piece' ? {...message, data: Buffer.alloc(message.data.length, 0xee)} : message;

/** What somebody says who does not keep to the rules, and what is wrong with the last of it. */
const lies: Record<string, readonly [string, readonly FileMessage[]]> = {
	'a leaf beyond those that were asked for': ['unasked', [leaf(3, [])]],
	'a piece of one': ['unasked', [leaf(0), piece(3, 0, 0)]],
	'the second leaf first': ['order', [leaf(1)]],
	'a leaf within a leaf': ['order', [leaf(0), piece(0, 0), leaf(0)]],
	'a leaf twice': ['order', [...whole(0), leaf(0)]],
	'a piece without its leaf': ['order', [piece(0, 0)]],
	'a piece of another leaf': ['order', [leaf(0), piece(1, 0)]],
	'a piece twice': ['order', [leaf(0), piece(0, 0), piece(0, 0)]],
	'a piece left out': ['order', [leaf(0), piece(0, FILE_PIECE_SIZE)]],
	'a piece more than the leaf has': ['order', [...whole(0), piece(0, LEAF_SIZE - 100, 100)]],
	'a piece over the end of the leaf': [
		'outside',
		[...whole(0), ...whole(1), leaf(2), {kind: 'piece', offer, leaf: 2, offset: 0, data: Buffer.alloc(101)}],
	],
	'one piece that is another': ['hash', [...whole(0).slice(0, -1), altered(whole(0).at(-1)!)]],
	'another path': ['hash', [leaf(0, tree.path(1)), ...whole(0).slice(1)]],
	'no path': ['hash', [leaf(0, []), ...whole(0).slice(1)]],
	'a path that is longer': ['hash', [leaf(0, [...tree.path(0), tree.root]), ...whole(0).slice(1)]],
};

function asking(): Fetching {
	const fetching = new Fetching(file);
	fetching.onSession(0);
	fetching.say(() => true, 0);
	take(fetching, {kind: 'end', offer, reason: FILE_END.answered});
	return fetching;
}

function take(fetching: Fetching, message: FileMessage): FetchStep | undefined {
	return message.kind === 'ask' ? undefined : fetching.take(message, 0);
}

for (const [what, [flaw, messages]] of Object.entries(lies)) {
	test(`a giver that sends ${what} is found out at that, and nothing more of it is taken`, t => {
		const fetching = asking();
		const steps = messages.map(message => take(fetching, message));
		const leaves = steps.slice(0, -1).filter(step => step !== undefined);
		t.true(leaves.every(step => step?.kind === 'leaf'));
		t.deepEqual(steps.at(-1), {kind: 'violation', flaw} as FetchStep);
		t.is(take(fetching, leaf(0)), undefined);
		let said = 0;
		fetching.onSession(0);
		fetching.say(() => ++said > 0, 0);
		t.is(said, 0);
	});
}

test('whatever a giver says: nothing throws, and no leaf comes out that is not of the file', t => {
	const number = fc.oneof(fc.nat(3), fc.nat(0xff_ff_ff_ff));
	const message = fc.oneof(
		fc.constantFrom(...whole(0).slice(0, 4), ...whole(2)),
		fc.record({
			kind: fc.constant('leaf' as const),
			offer: fc.constant(offer),
			index: number,
			path: fc.constantFrom([], tree.path(0), tree.path(2)),
		}),
		fc.record({
			kind: fc.constant('piece' as const),
			offer: fc.constant(offer),
			leaf: number,
			offset: number,
			data: fc.constant(Buffer.alloc(100)),
		}),
		fc.record({kind: fc.constant('end' as const), offer: fc.constant(offer), reason: fc.nat(3)}),
	);
	fc.assert(
		fc.property(
			fc.array(
				fc.oneof(
					{weight: 9, arbitrary: message},
					{weight: 1, arbitrary: fc.constantFrom('session' as const, 'anew' as const)},
				),
				{maxLength: 60},
			),
			fc.nat(2),
			(messages, written) => {
				const fetching = new Fetching(file, written);
				fetching.onSession(0);
				for (const each of messages) {
					if (each === 'session') fetching.onSession(0);
					else if (each === 'anew') fetching.askAnew(0);
					else {
						const step = take(fetching, each);
						if (step?.kind === 'leaf') t.true(step.data.equals(leafOf(bytes, step.index)));
					}

					fetching.say(() => true, 0);
					t.true(fetching.received <= file.size);
				}
			},
		),
	);
});

test('an asker that asks and takes it back, over and over, has little read in vain, and is heard when it asks in earnest later', t => {
	const giving = new Giving(0);
	let reads = 0;
	const cycle = (now: number) => {
		giving.take({kind: 'ask', offer, from: 0, until: 3}, now);
		reads += readAll(giving, [file], now);
		giving.take({kind: 'end', offer, reason: FILE_END.stopped}, now);
	};

	for (let count = 0; count < 10_000; count++) cycle(0);
	t.true(reads <= VAIN_LEAVES + GIVEN_LEAVES, `${reads}`);
	t.true(giving.deadline(0) > 0 && giving.deadline(0) <= 1000);
	for (let count = 0; count < 10_000; count++) cycle(count);
	t.true(reads <= VAIN_LEAVES + 10 * VAIN_LEAVES_A_SECOND + GIVEN_LEAVES, `${reads}`);
	let answers = 0;
	giving.say(() => ++answers > 0);
	t.is(answers, ANSWERS_LIMIT);
	t.true(giving.isOver);
	giving.take({kind: 'ask', offer, from: 2, until: 3}, 20_000);
	t.is(readAll(giving, [file], 20_000), 1);
});

test('whatever an asker says: nothing throws, two leaves are in memory, and no leaf goes out twice that was asked for once', t => {
	const offers = Array.from({length: 10}, (_, index) => offerOf(index + 1));
	const message = fc.oneof(
		fc
			.record({offer: fc.constantFrom(...offers), from: fc.nat(5), count: fc.integer({min: 1, max: 0xff_ff_ff})})
			.map(({offer: of, from, count}) => ({kind: 'ask' as const, offer: of, from, until: from + count})),
		fc.record({kind: fc.constant('end' as const), offer: fc.constantFrom(...offers), reason: fc.nat(255)}),
	);
	const data = Buffer.alloc(40_000);
	fc.assert(
		fc.property(fc.array(fc.tuple(message, fc.nat(3), fc.nat(5), fc.boolean()), {maxLength: 100}), said => {
			const giving = new Giving(0);
			const open: Array<{offer: Buffer; leaf: number}> = [];
			const leaves = new Map<string, number>();
			for (const [index, [each, reads, room, isLate]] of said.entries()) {
				giving.take(each, index);
				if (each.kind === 'end') leaves.delete(each.offer.toString('hex'));
				for (let need = giving.needs(index); need !== undefined; need = giving.needs(index)) open.push(need);
				t.true(open.length <= GIVEN_LEAVES);
				if (!isLate) {
					for (const need of open.splice(0, reads)) giving.read(need.offer, need.leaf, data, []);
				}

				let left = room;
				giving.say(bytesOut => {
					if (left-- <= 0) return false;
					const out = decodeFileMessage(bytesOut)!;
					const key = out.offer.toString('hex');
					if (out.kind === 'leaf') {
						t.true(out.index > (leaves.get(key) ?? -1));
						leaves.set(key, out.index);
					}

					t.deepEqual(encodeFileMessage(out), bytesOut);
					return true;
				});
			}
		}),
	);
});
