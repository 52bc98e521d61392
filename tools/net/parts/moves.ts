// A talk goes on while the way between the two changes: until when it flows again, and that nothing is lost.
import {setTimeout as sleep} from 'node:timers/promises';
import {
	type Home,
	type HomeKind,
	dropUnknownTcp,
	forgetAfter,
	lanAddresses,
	lanIpv4,
	plugIntoLan,
	reboot,
	renumber,
} from '../homes.ts';
import {homeIpv6} from '../internet.ts';
import {SIDES, type Side, Talk} from '../talk.ts';
import {type Resident, type World} from '../world.ts';
import {type Report, reported} from './report.ts';

type Ends = {readonly world: World; readonly mover: Resident; readonly peer: Resident};

export type Move = {
	readonly title: string;
	/** Of the mover, and of those that it talks to. */
	readonly kind: HomeKind;
	readonly peers: readonly HomeKind[];
	/** Who goes on talking after the change; both unless given. 'a' is the mover. */
	readonly speakers?: readonly Side[];
	/** Before the talk. */
	readonly prepare?: (ends: Ends) => void;
	readonly change: (ends: Ends) => void;
	/** The way of the talk at the end, as the doctor names it; any unless given. */
	readonly endsOn?: string;
};

/** Messages each side says every second. */
const RATE = 5;
/** Those before the change. */
const BEFORE = 10;
/** How long a talk may stand still, and what is good, s. */
const [PATIENCE_S, GOOD_S] = [60, 3];

const renewed = ({homes}: World, home: Home) => renumber(home, home.number, homes.takeNumber());

export const MOVES: readonly Move[] = [
	{
		title: 'the address of the home changes',
		kind: 'port',
		peers: ['none', 'port'],
		change: ({world, mover}) => renewed(world, mover.home),
	},
	{
		title: 'the address of the home changes while it says nothing',
		kind: 'port',
		peers: ['none', 'port'],
		speakers: ['b'],
		change: ({world, mover}) => renewed(world, mover.home),
	},
	{
		title: 'the address of the home changes, and TCP is not told',
		kind: 'port',
		peers: ['port'],
		prepare: ({mover}) => dropUnknownTcp(mover.home),
		change: ({world, mover}) => renewed(world, mover.home),
	},
	{title: 'the NAT reboots', kind: 'port', peers: ['none', 'port'], change: ({mover}) => reboot(mover.home)},
	{
		title: 'the interface switches',
		kind: 'port',
		peers: ['none', 'port'],
		prepare({world, mover}) {
			// Another network is near, and not used yet.
			const near = world.homes.add(`${mover.person.name}-near`, 'port', {hosts: 0});
			const [host] = mover.home.hosts;
			plugIntoLan(host!, 'near', near, 9);
			host!.run(`ip link set near down; ip route replace default via ${lanIpv4(mover.home.number, 1)} dev lan`);
			nearNumbers.set(mover, near.number);
		},
		change({mover}) {
			const [host] = mover.home.hosts;
			host!.run(
				`ip link set lan down; ip link set near up; ${lanAddresses('near', nearNumbers.get(mover)!, 'ipv4', 9)}`,
			);
		},
	},
	{
		title: 'into the network of the other',
		kind: 'port',
		peers: ['port', 'hairpin'],
		prepare({mover, peer}) {
			const [host] = mover.home.hosts;
			plugIntoLan(host!, 'near', peer.home, 9);
			host!.run(`ip link set near down; ip route replace default via ${lanIpv4(mover.home.number, 1)} dev lan`);
		},
		change({mover, peer}) {
			const [host] = mover.home.hosts;
			host!.run(`ip link set lan down; ip link set near up; ${lanAddresses('near', peer.home.number, 'ipv4', 9)}`);
		},
		endsOn: 'lan',
	},
	{
		title: 'both move at once',
		kind: 'port',
		peers: ['none', 'port'],
		change({world, mover, peer}) {
			renewed(world, mover.home);
			renewed(world, peer.home);
		},
	},
	{
		title: 'both move at once, and TCP is not told',
		kind: 'port',
		peers: ['port'],
		prepare({mover, peer}) {
			for (const {home} of [mover, peer]) dropUnknownTcp(home);
		},
		change({world, mover, peer}) {
			renewed(world, mover.home);
			renewed(world, peer.home);
		},
	},
	{
		title: 'from IPv4 to IPv6',
		kind: 'dual',
		peers: ['open', 'dual'],
		prepare: ({mover: {home}}) => home.hosts[0]!.run(`ip -6 addr del ${homeIpv6(home.number)}2/64 dev lan`),
		change({mover: {home}}) {
			home.hosts[0]!.run(`ip addr flush dev lan scope global\n${lanAddresses('lan', home.number, 'ipv6')}`);
		},
	},
];

/** The number of the other network of a mover. */
const nearNumbers = new WeakMap<Resident, number>();

/** All moves at once, each in homes of its own. */
export async function runMoves(world: World, report: Report, moves: readonly Move[] = MOVES): Promise<void> {
	const each = moves.flatMap((move, index) =>
		move.peers.map(async peerKind => {
			const title = `${move.title} (${move.kind} ↔ ${peerKind})`;
			await reported(report, title, async () => {
				const mover = await world.resident(`move-${index}-${peerKind}`, move.kind);
				const peer = await world.resident(`peer-${index}-${peerKind}`, peerKind);
				await moved(report, title, move, {world, mover, peer});
			});
		}),
	);
	await Promise.all(each);
}

async function moved(report: Report, title: string, move: Move, ends: Ends): Promise<void> {
	const {prepare, change, speakers = SIDES, endsOn} = move;
	prepare?.(ends);
	const talk = await Talk.open(ends.mover.person, ends.peer.person);
	try {
		const speak = async (sides: readonly Side[]) => {
			for (const side of sides) talk.say(side);
			await sleep(1000 / RATE);
		};

		for (let count = 0; count < BEFORE; count++) await speak(SIDES);
		change(ends);
		const changed = performance.now();
		const flows = (side: Side) => {
			const arrivals = talk.arrivals(side);
			const first = talk.said(side).find(({id, at}) => at > changed && arrivals.has(id));
			return first && (arrivals.get(first.id)! - changed) / 1000;
		};

		const isStill = () => speakers.some(side => flows(side) === undefined);
		while (isStill() && performance.now() - changed < PATIENCE_S * 1000) await speak(speakers);
		for (let count = 0; count < BEFORE; count++) await speak(SIDES);
		const faults = await talk.faults();
		const times = speakers.map(side => flows(side) ?? Infinity);
		const words = speakers.map(
			(side, index) => `${inSeconds(times[index]!)} ${side === 'a' ? 'from the mover' : 'to it'}`,
		);
		const way = endsOn && (await ends.mover.person.wayTo(ends.peer.person));
		const isGood = faults === '' && Math.max(...times) <= GOOD_S && way === endsOn;
		const wayWords = way === undefined ? '' : `; goes by ${way}`;
		report.judge(
			isGood,
			`${title}: flows again after ${words.join(', ')}; ${faults || 'all once, in order'}${wayWords}`,
		);
	} finally {
		await talk.close();
	}
}

function inSeconds(time: number): string {
	return time === Infinity ? `more than ${PATIENCE_S} s` : `${time.toFixed(1)} s`;
}

/** A router that forgets after so many seconds, and messages to the host behind it that are further apart. */
export async function runForgetful(world: World, report: Report, kind: HomeKind = 'none'): Promise<void> {
	const [forgetS, gapS, count, lateS] = [20, 23, 4, 1];
	const title = `a mapping of ${forgetS} s (port ↔ ${kind})`;
	const host = await world.resident(`forgets-${kind}`, 'port');
	const peer = await world.resident(`says-${kind}`, kind);
	forgetAfter(host.home, forgetS);
	await reported(report, title, async () => {
		const talk = await Talk.open(host.person, peer.person);
		try {
			for (let index = 0; index < count; index++) {
				await sleep(gapS * 1000);
				talk.say('b');
			}

			const faults = await talk.faults();
			const arrivals = talk.arrivals('b');
			const late = talk.said('b').map(({id, at}) => ((arrivals.get(id) ?? Infinity) - at) / 1000);
			const worst = Math.max(...late.slice(1));
			const words = `messages ${gapS} s apart take ${worst.toFixed(1)} s at most`;
			report.judge(faults === '' && worst <= lateS, `${title}: ${words}; ${faults || 'all once, in order'}`);
		} finally {
			await talk.close();
		}
	});
}

/** A side that stands still for so long, as a closed laptop does, while the other goes on to say something. */
export async function runAsleep(world: World, report: Report, seconds: number, kind: HomeKind = 'none'): Promise<void> {
	const title = `asleep for ${seconds} s (port ↔ ${kind})`;
	const sleeper = await world.resident(`sleeper-${kind}`, 'port');
	const peer = await world.resident(`waker-${kind}`, kind);
	await reported(report, title, async () => {
		const talk = await Talk.open(sleeper.person, peer.person);
		try {
			talk.signal('a', 'SIGSTOP');
			for (const share of [0.1, 0.4, 0.5]) {
				await sleep(seconds * 1000 * share);
				talk.say('b');
			}

			talk.signal('a', 'SIGCONT');
			const woke = performance.now();
			talk.say('a');
			const faults = await talk.faults(90_000);
			const [said] = talk.said('a').slice(-1);
			const out = ((talk.arrivals('a').get(said!.id) ?? Infinity) - woke) / 1000;
			const into = (Math.max(...talk.arrivals('b').values()) - woke) / 1000;
			const words = `${out.toFixed(1)} s until it is heard, ${into.toFixed(1)} s until it has heard all`;
			report.judge(
				faults === '' && Math.max(out, into) <= GOOD_S,
				`${title}: ${words}; ${faults || 'all once, in order'}`,
			);
		} finally {
			await talk.close();
		}
	});
}
