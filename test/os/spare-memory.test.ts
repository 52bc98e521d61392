// The memory of a busy moment is given back in calm, and not before.
import {setTimeout as pause} from 'node:timers/promises';
import test from 'ava';
import {spareMemoryLook, youngSpace} from '../../source/os/spare-memory.ts';

const MIB = 1024 * 1024;

/** Makes objects until there is much room for new ones; each survives for a while, as V8 wants it. */
function grow(): void {
	let kept: unknown[] = [];
	for (let made = 0; made < 5_000_000 && youngSpace().size < 8 * MIB; made++) {
		for (let each = 0; each < 1000; each++) kept.push({each});
		if (kept.length > 200_000) kept = [];
	}
}

test.serial('room that a busy moment took is given back once it is calm', async t => {
	grow();
	t.true(youngSpace().size >= 8 * MIB, 'the moment was busy');
	const look = spareMemoryLook();
	// V8 itself goes by what was made in the last seconds.
	for (let looks = 0; youngSpace().size > 2 * MIB && looks < 600; looks++) {
		look();
		await pause(100);
	}

	t.true(youngSpace().size <= 2 * MIB, `${youngSpace().size / MIB} MiB`);
});

test.serial('who is busy keeps the room', t => {
	const look = spareMemoryLook();
	grow();
	look();
	const kept: unknown[] = [];
	const before = youngSpace();
	while (youngSpace().used - before.used < MIB && youngSpace().used >= before.used) kept.push([kept.length, {}]);
	look();
	t.true(youngSpace().size >= 8 * MIB, `${youngSpace().size / MIB} MiB`);
});
