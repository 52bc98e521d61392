import {makeTemporaryFolder, removeFolder} from '../../tools/temporary-folder.ts';
import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {isTorn} from '../../source/messaging/history/journal.ts';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

const HEADER = 32;
const FRAME = 24 + 4096;

/** A journal of some transactions, as SQLite wrote it. */
const whole = await (async () => {
	const folder = makeTemporaryFolder();
	const history = openHistory(path.join(folder, 'history.db'), randomBytes(32));
	for (let time = 1; time <= 6; time++) {
		history.append([
			{
				id: randomBytes(16).toString('hex'),
				conversation: talkWith('bob'),
				direction: 'in',
				time,
				text: 'x'.repeat(3000),
				state: 'delivered',
				reason: undefined,
			},
		]);
	}

	const bytes = readFileSync(path.join(folder, 'history.db-wal'));
	removeFolder(folder);
	history.close();
	return bytes;
})();
const frames = Math.floor((whole.length - HEADER) / FRAME);
const isCommit = (index: number) => whole.readUInt32BE(HEADER + index * FRAME + 4) > 0;
const lastBegins = Array.from({length: frames - 1}, (_, index) => index).findLast(isCommit)! + 1;

test('a journal that is whole is not torn, nor is none', t => {
	t.true(frames > 12 && isCommit(frames - 1) && lastBegins < frames);
	t.false(isTorn(whole));
	t.false(isTorn(Buffer.alloc(0)));
	t.false(isTorn(whole.subarray(0, HEADER)));
});

test('cut off anywhere it is what an unfinished transaction leaves', t => {
	for (let size = 0; size <= whole.length; size += 512) t.false(isTorn(whole.subarray(0, size)), `${size} bytes`);
});

test('a bit that is flipped is noticed in every transaction but the last, which may never have been done', t => {
	for (let index = 0; index < frames; index++) {
		for (const offset of [0, 17, 24, 24 + 2000, FRAME - 1]) {
			const bad = Buffer.from(whole);
			bad[HEADER + index * FRAME + offset]! ^= 4;
			t.is(isTorn(bad), index < lastBegins, `byte ${offset} of frame ${index}`);
		}
	}
});

test('a header that is damaged is noticed', t => {
	for (let offset = 0; offset < HEADER; offset++) {
		const bad = Buffer.from(whole);
		bad[offset]! ^= 4;
		t.true(isTorn(bad), `byte ${offset}`);
	}
});

test('frames that an earlier journal left behind a new one do not count', t => {
	const older = Buffer.from(whole.subarray(HEADER));
	for (let index = 0; index < frames; index++) older.writeUInt32BE(7, index * FRAME + 8);
	t.false(isTorn(Buffer.concat([whole, older])));
});
