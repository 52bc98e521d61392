// Gives back the memory of a busy moment. V8 lets the room for new objects grow, and makes it smaller only while it collects them: who waits
// makes nearly none, so that the room of a start would stay.
import process from 'node:process';

const EVERY_MS = 5000;
/** Less is left as it is, bytes. */
const LARGE = 2 * 1024 * 1024;
/** Who makes more new objects between two looks is busy, and needs the room, bytes. */
const CALM = 512 * 1024;

/** Looks every 5 s until the process ends, and keeps no process running. */
export function giveSpareMemoryBack(): void {
	setInterval(spareMemoryLook(), EVERY_MS).unref();
}

/** A look, to be taken now and then: where little happened since the one before, spare room is given back. It takes 2 ms then. */
export function spareMemoryLook(): () => void {
	let used = 0;
	return () => {
		const {size, used: now} = youngSpace();
		const made = now - used;
		used = now;
		if (size <= LARGE || made < 0 || made > CALM) return;
		collectYoung();
		used = youngSpace().used;
	};
}

/** Where V8 makes new objects, bytes. */
export function youngSpace(): {readonly size: number; readonly used: number} {
	const spaces = process.getBuiltinModule('node:v8').getHeapSpaceStatistics();
	const young = spaces.find(({space_name: name}) => name === 'new_space');
	return {size: young?.space_size ?? 0, used: young?.space_used_size ?? 0};
}

let collect: ((options: {readonly type: 'minor'}) => void) | undefined;

/** V8's own function for it is there in contexts that are made once it was asked for. */
function collectYoung(): void {
	if (collect === undefined) {
		const v8 = process.getBuiltinModule('node:v8');
		v8.setFlagsFromString('--expose-gc');
		collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as typeof collect;
		v8.setFlagsFromString('--no-expose-gc');
	}

	collect?.({type: 'minor'});
}
