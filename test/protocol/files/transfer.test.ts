// A file from who has it to who asks for it, over sessions that end at any time.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {type FetchStep, Fetching} from '../../../source/protocol/files/fetching.ts';
import {
	ASKED_AHEAD,
	FILE_SILENCE_MS,
	GIVEN_LEAVES,
	GIVEN_OFFERS,
	LEAF_SIZE,
} from '../../../source/protocol/files/file-limits.ts';
import {Giving} from '../../../source/protocol/files/giving.ts';
import {FILE_END, FILE_PIECE_SIZE, type FileMessage, decodeFileMessage} from '../../../source/wire/messages/file.ts';
import {seededNumbers} from '../../twins/random.ts';
import {type SharedFile, fileOf, leafOf, offerOf, readAll} from '../../twins/shared-file.ts';

/** One who gives files and one who fetches them, each with a queue that holds so many messages. */
class Transfer {
	readonly files: readonly SharedFile[];
	giving = new Giving(0);
	readonly fetches: Fetching[];
	/** What is on the disk of who fetches, leaf by leaf. */
	readonly disks: Buffer[][];
	readonly steps: FetchStep[] = [];
	readonly asks: Buffer[] = [];
	readonly given: Buffer[] = [];
	readonly room: number;
	/** Leaves that have come and are not on the disk. */
	unwritten: Array<{file: number; index: number; data: Buffer}> = [];
	mostUnwritten = 0;
	writes = 0;

	constructor(files: readonly SharedFile[], room: number) {
		this.files = files;
		this.room = room;
		this.disks = files.map(() => []);
		this.fetches = files.map(file => new Fetching(file));
		this.begin();
	}

	/** Another session: what was on its way is lost. */
	begin(): void {
		this.asks.length = 0;
		this.given.length = 0;
		for (const each of this.fetches) each.onSession(0);
	}

	say(): void {
		for (const each of this.fetches)
			each.say(message => this.asks.length < this.room && this.asks.push(message) > 0, 0);
	}

	give(): void {
		for (const message of this.asks.splice(0)) {
			const asked = decodeFileMessage(message);
			if (asked?.kind !== 'ask' && asked?.kind !== 'end') throw new Error('who fetches says something else');
			this.giving.take(asked, 0);
		}

		readAll(this.giving, this.files, 0);
		this.giving.say(message => this.given.length < this.room && this.given.push(message) > 0);
	}

	/** Takes so many messages. */
	take(count: number): void {
		for (const message of this.given.splice(0, count)) {
			const said = decodeFileMessage(message)!;
			const file = this.files.findIndex(({offer}) => offer.equals(said.offer));
			if (said.kind === 'ask') throw new Error('who gives asks');
			const step = this.fetches[file]!.take(said, 0);
			if (step?.kind === 'leaf') this.unwritten.push({file, ...step});
			else if (step !== undefined) this.steps.push(step);
		}

		this.mostUnwritten = Math.max(this.mostUnwritten, this.unwritten.length);
	}

	write(count: number): void {
		for (const {file, index, data} of this.unwritten.splice(0, count)) {
			this.writes++;
			this.disks[file]![index] = data;
			this.fetches[file]!.written(index);
		}
	}

	get isComplete(): boolean {
		return this.fetches.every(({isComplete}) => isComplete);
	}

	run(): void {
		for (let round = 0; round < 10_000 && !this.isComplete; round++) {
			this.say();
			this.give();
			this.take(this.room);
			this.write(100);
		}
	}
}

const SIZES = [0, 1, FILE_PIECE_SIZE, LEAF_SIZE - 1, LEAF_SIZE, LEAF_SIZE + 1, 2 * LEAF_SIZE, 6 * LEAF_SIZE + 12_345];

test('files of all sizes come whole, and both sides are done in the end', t => {
	for (const size of SIZES) {
		const transfer = new Transfer([fileOf(size)], 20);
		transfer.run();
		t.true(transfer.isComplete, `${size}`);
		t.true(Buffer.concat(transfer.disks[0]!).equals(transfer.files[0]!.bytes));
		transfer.say();
		transfer.give();
		t.true(transfer.giving.isOver);
		t.is(transfer.fetches[0]!.received, size);
		t.is(transfer.fetches[0]!.deadline, Number.POSITIVE_INFINITY);
	}
});

test('whatever ends when, with whatever queues and disks: all comes whole, no leaf is written twice, and memory stays bounded', t => {
	const all = [fileOf(3 * LEAF_SIZE + 5, 1), fileOf(LEAF_SIZE, 2), fileOf(0, 3), fileOf(2 * LEAF_SIZE - 1, 4)];
	fc.assert(
		fc.property(fc.nat(), fc.integer({min: 1, max: 80}), fc.boolean(), (seed, room, isForgotten) => {
			const chance = seededNumbers(seed);
			const transfer = new Transfer(all, room);
			for (let round = 0; round < 400 && !transfer.isComplete; round++) {
				transfer.say();
				if (chance() < 0.9) transfer.give();
				transfer.take(Math.floor(chance() * 2 * room));
				transfer.write(Math.floor(chance() * 3));
				const event = chance();
				if (event < 0.05) {
					// Who gives may have begun anew, or may not even know of the other session.
					if (isForgotten) transfer.giving = new Giving(0);
					transfer.begin();
				} else if (event < 0.1) {
					for (const each of transfer.fetches) each.askAnew(0);
				}
			}

			transfer.giving = new Giving(0);
			transfer.begin();
			transfer.run();
			t.deepEqual(transfer.steps, []);
			t.is(
				transfer.writes,
				all.reduce((sum, {tree}) => sum + tree.leaves, 0),
			);
			for (const [at, {bytes}] of all.entries()) t.true(Buffer.concat(transfer.disks[at]!).equals(bytes));
			t.true(transfer.mostUnwritten <= all.length * ASKED_AHEAD);
		}),
		{numRuns: 25},
	);
});

test('what is on the disk already is not asked for', t => {
	const file = fileOf(3 * LEAF_SIZE);
	const fetching = new Fetching(file, 2);
	t.is(fetching.received, 2 * LEAF_SIZE);
	const said: FileMessage[] = [];
	fetching.onSession(0);
	fetching.say(message => said.push(decodeFileMessage(message)!) > 0, 0);
	t.deepEqual(said, [
		{kind: 'end', offer: file.offer, reason: FILE_END.stopped},
		{kind: 'ask', offer: file.offer, from: 2, until: 3},
	]);
});

test('no more is asked for than so many leaves beyond the disk; each that is written moves it on', t => {
	const file = fileOf(10 * LEAF_SIZE);
	const fetching = new Fetching(file);
	const asked: Array<readonly [number, number]> = [];
	const say = () =>
		fetching.say(message => {
			const said = decodeFileMessage(message)!;
			if (said.kind === 'ask') asked.push([said.from, said.until]);
			return true;
		}, 0);
	fetching.onSession(0);
	say();
	say();
	t.deepEqual(asked, [[0, ASKED_AHEAD]]);
	fetching.written(0);
	say();
	fetching.written(1);
	fetching.written(2);
	say();
	t.deepEqual(asked.slice(1), [
		[0, ASKED_AHEAD + 1],
		[0, ASKED_AHEAD + 3],
	]);
});

test('who gives goes round between offers, holds two leaves, and has room for eight offers', t => {
	const files = Array.from({length: GIVEN_OFFERS}, (_, index) => fileOf(2 * LEAF_SIZE, index + 1));
	const giving = new Giving(0);
	for (const {offer} of files) giving.take({kind: 'ask', offer, from: 0, until: 2}, 0);
	giving.take({kind: 'ask', offer: offerOf(99), from: 0, until: 1}, 0);
	const said: FileMessage[] = [];
	const say = (count: number) => {
		let left = count;
		giving.say(message => left-- > 0 && said.push(decodeFileMessage(message)!) > 0);
	};

	const order: string[] = [];
	for (let round = 0; round < 100; round++) {
		let held = 0;
		for (let need = giving.needs(0); need !== undefined; need = giving.needs(0)) {
			order.push(`${need.offer[0]} ${need.leaf}`);
			const {bytes, tree} = files[need.offer[0]! - 1]!;
			giving.read(need.offer, need.leaf, leafOf(bytes, need.leaf), tree.path(need.leaf));
			held++;
		}

		t.true(held <= GIVEN_LEAVES);
		say(33);
	}

	t.deepEqual(
		order,
		[0, 1].flatMap(leaf => files.map(({offer}) => `${offer[0]} ${leaf}`)),
	);
	t.deepEqual(said[0], {kind: 'end', offer: offerOf(99), reason: FILE_END.tooMany});
	t.is(said.filter(({kind}) => kind === 'leaf').length, 2 * GIVEN_OFFERS);
	t.is(said.filter(({kind}) => kind === 'piece').length, 2 * GIVEN_OFFERS * (LEAF_SIZE / FILE_PIECE_SIZE));
});

test('what cannot be read ends the offer with a reason, which a later version may have more of', t => {
	const file = fileOf(LEAF_SIZE);
	const transfer = new Transfer([file], 100);
	transfer.say();
	for (const message of transfer.asks.splice(0)) transfer.giving.take(decodeFileMessage(message) as never, 0);
	const need = transfer.giving.needs(0)!;
	transfer.giving.refuse(need.offer, FILE_END.changed);
	transfer.giving.read(need.offer, need.leaf, file.bytes, []);
	transfer.give();
	transfer.take(100);
	t.deepEqual(transfer.steps, [{kind: 'ended', reason: FILE_END.changed}]);
	const other = new Fetching(file);
	other.onSession(0);
	other.say(() => true, 0);
	other.take({kind: 'end', offer: file.offer, reason: FILE_END.answered}, 0);
	t.deepEqual(other.take({kind: 'end', offer: file.offer, reason: 200}, 0), {kind: 'ended', reason: 200});
	t.throws(() => new Giving(0).read(file.offer, 0, Buffer.alloc(LEAF_SIZE + 1), []), {instanceOf: RangeError});
	t.throws(() => new Fetching({...file, size: Number.MAX_SAFE_INTEGER}), {instanceOf: RangeError});
});

test('who hears nothing of what was asked for says so in time, and not while nothing is asked for', t => {
	const fetching = new Fetching(fileOf(LEAF_SIZE));
	t.is(fetching.deadline, Number.POSITIVE_INFINITY);
	fetching.onSession(1000);
	fetching.say(() => true, 1000);
	t.is(fetching.run(1000 + FILE_SILENCE_MS - 1), 'waiting');
	t.is(fetching.run(fetching.deadline), 'silent');
	fetching.askAnew(500_000);
	fetching.say(() => true, 500_000);
	t.is(fetching.deadline, 500_000 + FILE_SILENCE_MS);
	fetching.onSessionEnd();
	t.is(fetching.deadline, Number.POSITIVE_INFINITY);
});
