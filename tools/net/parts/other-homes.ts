// Pairs that are not in the table: two people behind one NAT, both families, servers with two addresses or IPv6 alone.
import {type Delivery, deliveryLine, isAsExpected} from '../delivery.ts';
import {Directory} from '../directory.ts';
import {type Expected} from '../expected.ts';
import {type HomeKind, forwardByHand, leaveDocumentation} from '../homes.ts';
import {SERVER, publicIpv4} from '../internet.ts';
import {type Pair, deliverAll} from '../pairs.ts';
import {type Person} from '../person.ts';
import {hasPortMapper, startPortMapper} from '../port-mapper.ts';
import {makeWire} from '../wire.ts';
import {type PersonOptions, type World} from '../world.ts';
import {type Report} from './report.ts';

const BY_PROBES: Expected = {withinS: 5};
/**
 * One way, ms, between each home and the segment, for routers that remember. There both first asks have to be on their way before either
 * arrives, and on these cables a datagram takes 0.05 ms: whoever is first on a busy machine is first by more.
 */
const FAR_MS = 20;
/** A UDP port that a router was told of by hand. */
const FORWARDED = 7410;

type OtherPair = Pair & {readonly title: string};

export async function runOtherHomes(world: World, report: Report): Promise<void> {
	const pairs = [...(await behindOneNat(world)), ...(await bothFamilies(world)), ...(await remembering(world))];
	pairs.push(...(await otherServers(world)), ...(await forwardedPort(world)));
	if (hasPortMapper()) pairs.push(...(await mappedPort(world)));
	else report.say('no port mapping: miniupnpd is not installed (apt-get install miniupnpd)');
	await deliverAll(pairs, (delivery, {title}) => judge(report, title, delivery));
}

function judge(report: Report, title: string, delivery: Delivery): void {
	report.judge(isAsExpected(delivery, BY_PROBES), `${title}: ${deliveryLine(delivery)}`);
}

/** Each way. */
function both(
	title: string,
	[a, nameOfA]: readonly [Person, string],
	[b, nameOfB]: readonly [Person, string],
): OtherPair[] {
	return [
		{title, from: a, to: b, names: {from: nameOfA, to: nameOfB}},
		{title, from: b, to: a, names: {from: nameOfB, to: nameOfA}},
	];
}

async function behindOneNat(world: World): Promise<OtherPair[]> {
	const all: OtherPair[] = [];
	for (const [kind, title] of [
		['port', 'one NAT, no hairpin'],
		['hairpin', 'one NAT with hairpin'],
	] as const) {
		const {hosts} = world.homes.add(`one-${kind}`, kind, {hosts: 2});
		const [one, two] = [await world.person(`${kind}-1`, hosts[0]!), await world.person(`${kind}-2`, hosts[1]!)];
		all.push(...both(title, [one, 'one'], [two, 'two']));
	}

	return all;
}

async function bothFamilies(world: World): Promise<OtherPair[]> {
	const all: OtherPair[] = [];
	for (const [a, b] of [
		['dual', 'dual'],
		['dual', 'six'],
		['dual', 'port'],
		['dual', 'none'],
		['open', 'port'],
	] as const) {
		all.push(...both('families', ...(await twoHomes(world, 'pair', a, b))));
	}

	return all;
}

/** Routers that take what comes too early for themselves, so far apart as homes are. */
async function remembering(world: World): Promise<OtherPair[]> {
	const people = ['remembers-1', 'remembers-2'].map(async name => {
		const wire = await makeWire(world.internet.lab, `${name}-far`, {delay: FAR_MS});
		return (await world.resident(name, 'remembers', wire)).person;
	});
	const [one, two] = await Promise.all(people);
	return both(`routers that remember, ${2 * FAR_MS} ms apart`, [one!, 'one'], [two!, 'two']);
}

/** A server with two addresses, reached at its second; and one that has IPv6 alone. */
async function otherServers(world: World): Promise<OtherPair[]> {
	const host = world.internet.lab.namespace('server-six');
	world.internet.plug(host, 'wan', SERVER.ipv6Only, 'ipv6');
	const directory = await Directory.start(host, world.doors.server, world.folder);
	const second: PersonOptions = {server: publicIpv4(SERVER.second)};
	const six: PersonOptions = {directory, server: 'six.test'};
	return [
		...both('second address of the server', ...(await twoHomes(world, 'second', 'full', 'port', second))),
		...both('server on IPv6 alone', ...(await twoHomes(world, 'six', 'dual', 'six', six))),
	];
}

/** Two fully random NATs, one of which maps ports when it is asked to. */
async function mappedPort(world: World): Promise<OtherPair[]> {
	const home = world.homes.add('mapped', 'sym');
	leaveDocumentation(world.homes, home);
	await startPortMapper(home, world.folder);
	const mapped = await world.person('mapped', home.hosts[0]!);
	const {person} = await world.resident('unmapped', 'sym');
	return both('a port mapper', [mapped, 'sym with a mapped port'], [person, 'sym']);
}

/** Two fully random NATs, one of which was told by hand to forward a port. */
async function forwardedPort(world: World): Promise<OtherPair[]> {
	const home = world.homes.add('forwarded', 'sym');
	forwardByHand(home, FORWARDED);
	const forwarded = await world.person('forwarded', home.hosts[0]!);
	// From here on it is the port of this profile.
	await forwarded.run('contacts', '--port', String(FORWARDED)).ended();
	const {person} = await world.resident('not-forwarded', 'sym');
	return both('a port forwarded by hand', [forwarded, 'sym with a forwarded port'], [person, 'sym']);
}

async function twoHomes(
	world: World,
	name: string,
	a: HomeKind,
	b: HomeKind,
	options: PersonOptions = {},
): Promise<[readonly [Person, string], readonly [Person, string]]> {
	const people = [a, b].map(async (kind, index) => {
		const full = `${name}-${a}-${b}-${index + 1}`;
		const {hosts} = world.homes.add(full, kind);
		return world.person(full, hosts[0]!, options);
	});
	const [one, two] = await Promise.all(people);
	return [
		[one!, a],
		[two!, b],
	];
}
