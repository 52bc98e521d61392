// The stranger of a run: a member that nobody asked for, who signs in, opens sessions with both people in turn, and says what
// mischief.ts draws as fast as they take it. It tells how much that was.
import os from 'node:os';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {type Talk} from '../members/talk.ts';
import {Talker} from '../members/talker.ts';
import {type StrangerRole} from './lines.ts';
import {burstOf, mischiefOf, targetFor} from './mischief.ts';
import {PEOPLE, type Person} from './seed.ts';

/** Before the next try of anything that came to nothing, ms. */
const RETRY_MS = 300;
/** A session lasts no longer: whoever is killed is known to be away only much later, ms. */
const TALK_MS = 2000;
/** Contents under way. */
const BATCH = 50;

const {seed, link} = JSON.parse(process.argv[2] ?? '') as StrangerRole;
const place = {address: {port: parseJoinLink(link)!.port}, joinLink: link};
/** What has arrived, sessions, and bursts so far; and the number of the last content for each. */
const count = {said: 0, sessions: 0, bursts: 0};
const last: Record<Person, number> = {alice: 0, bob: 0};

// It is there to trouble two programs, not to take their cores.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
setInterval(() => process.stdout.write(`${JSON.stringify(count)}\n`), 500);
process.stdin.resume().on('close', () => process.exit());
for (;;) {
	try {
		const talker = await Talker.join(place, {name: 'mallory'});
		try {
			for (let turn = 0; !talker.isAlone; turn++) await trouble(talker, PEOPLE[turn % PEOPLE.length]!);
		} finally {
			talker.close();
		}
	} catch {
		await pause(RETRY_MS); // The server is down, or has enough of us.
	}
}

async function trouble(talker: Talker, name: Person): Promise<void> {
	let talk: Talk;
	try {
		talk = await talker.talkTo(name);
	} catch {
		return pause(RETRY_MS);
	}

	count.sessions++;
	talk.say(targetFor(seed, name, Date.now()));
	for (const until = performance.now() + TALK_MS; performance.now() < until && !talk.ended;) {
		const burst = burstOf(seed, count.bursts++);
		for (let left = burst.size; left > 0 && performance.now() < until; left -= BATCH) {
			const size = Math.min(left, BATCH);
			for (let said = 0; said < size; said++) talk.say(mischiefOf(seed, name, ++last[name], Date.now()));
			await talk.arrived(until);
			if (talk.ended) return;
			if (talk.idle) count.said += size;
		}

		await pause(burst.pause);
	}

	talk.close();
}
