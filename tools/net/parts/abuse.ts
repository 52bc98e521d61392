// What others can make a client send: nothing to a host that they name, nothing for who is blocked, and never more than they send.
import {Buffer} from 'node:buffer';
import {randomBytes} from 'node:crypto';
import {setTimeout as sleep} from 'node:timers/promises';
import {DatagramCounter} from '../datagram-counter.ts';
import {DatagramHost} from '../datagram-host.ts';
import {lanIpv4} from '../homes.ts';
import {publicIpv4} from '../internet.ts';
import {type Namespace} from '../lab.ts';
import {type Person} from '../person.ts';
import {RogueMember} from '../rogue-member.ts';
import {type World} from '../world.ts';
import {type Report} from './report.ts';

/** After the server's last answer: whatever a client sends because of it has left by then, ms. A round of probes takes 3150. */
const AFTER_MS = 4000;
/** How long somebody waits for the one who is not there. */
const WAIT_S = 5;
/** How often the blocked one asks: fewer than the server lets anybody ask in a minute. */
const ASKS = 5;
/** Datagrams of strangers. */
const STRANGERS = {count: 1000, sizes: [2, 64, 96, 779, 1200]};

export async function runAbuse(world: World, report: Report): Promise<void> {
	const victim = world.homes.add('victim', 'open');
	const victimCounter = new DatagramCounter(victim.edge);
	const home = world.homes.add('mallory', 'none');
	const mallory = await RogueMember.start(world, 'mallory', home.hosts[0]!);
	mallory.offer({host: publicIpv4(victim.number), port: 40_000}, {host: publicIpv4(home.number), port: 40_000});
	const malloryCounter = new DatagramCounter(home.edge);

	const {person: alice} = await world.resident('alice', 'none');
	const {person: bob, home: bobs} = await world.resident('bob', 'port');
	const listening = await bob.listen();
	await alice.send('mallory', 'hello', WAIT_S);
	const granted = await mallory.askFor('bob', ASKS);
	await sleep(AFTER_MS);
	const [atVictim, atMember] = [victimCounter.take().in.packets, malloryCounter.take().in.packets];
	report.judge(
		atVictim === 0 && atMember > 0 && granted === ASKS,
		`a member who offers another's address: ${atVictim} datagrams to it, ${atMember} to the member itself`,
	);

	const isTold = mallory.hasLearned(lanIpv4(bobs.number, 2));
	const words = `a private address of somebody who is no contact: ${isTold ? 'told' : 'not told'}`;
	report.judge(!isTold, words);
	await listening.program.stop();

	const carols = world.homes.add('carol', 'none');
	const carol = await world.person('carol', carols.hosts[0]!, {blocked: ['mallory']});
	const blocking = await carol.listen();
	carol.counter.take();
	const grantedByBlocker = await mallory.askFor('carol', ASKS);
	await sleep(AFTER_MS);
	const caused = carol.counter.take().toPeers.packets;
	report.judge(caused === 0 && grantedByBlocker === 0, `somebody blocked asks ${ASKS} times: ${caused} datagrams`);
	await throwAt(world, report, carol, publicIpv4(carols.number));
	await blocking.program.stop();
}

/** Strangers' datagrams of each type and size, at the port of a client. */
async function throwAt(world: World, report: Report, client: Person, address: string): Promise<void> {
	const stranger = world.homes.add('stranger', 'none');
	const thrower = new DatagramHost(stranger.hosts[0]!);
	await thrower.open('throws', '0.0.0.0');
	const port = udpPort(client.host);
	const counter = new DatagramCounter(stranger.hosts[0]!);
	client.counter.take();
	for (let count = 0; count < STRANGERS.count; count++) {
		const size = STRANGERS.sizes[count % STRANGERS.sizes.length]!;
		// Type 1 to 12, version 1, and the rest is nobody's.
		const bytes = Buffer.concat([Buffer.from([1 + (count % 12), 1]), randomBytes(size - 2)]);
		await thrower.send('throws', {host: address, port}, bytes);
	}

	await sleep(AFTER_MS);
	const {in: back} = counter.take();
	const {in: arrived} = client.counter.take();
	const ratio = back.bytes / arrived.bytes;
	report.judge(
		ratio <= 1 && arrived.packets >= STRANGERS.count,
		`${arrived.packets} datagrams of a stranger: bytes out ÷ in ${ratio.toFixed(3)}`,
	);
}

/** The port of the IPv4 socket that a client has in its namespace (proc(5), net/udp). */
function udpPort(host: Namespace): number {
	const ports = [...host.run('cat /proc/net/udp /proc/net/udp6').matchAll(/^ *\d+: [\dA-F]+:(?<port>[\dA-F]{4}) /gm)];
	const port = ports[0]?.groups?.['port'];
	if (port === undefined) throw new Error('the client has no UDP socket');
	return Number.parseInt(port, 16);
}
