// When the router is asked, who waits for its answer, and what others are told because of it.
import {type NetworkInterfaceInfo} from 'node:os';
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {Surroundings} from '../../../source/channel/network/surroundings.ts';
import {type BoundSighting} from '../../../source/protocol/path/mapping.ts';
import {type OwnPlace} from '../../../source/protocol/path/told-addresses.ts';
import {type Address} from '../../../source/wire/address.ts';
import {seededRandom} from '../../twins/random.ts';
import {FakeRouter, OUTSIDE, OWN, ROUTER, pcpAnswer} from './fake-router.ts';
import {HandMovedTime} from './hand-moved-time.ts';

const PORT = 41_000;
const SERVER = {host: '198.51.100.5', port: 7406};
const lan = {address: OWN, family: 'IPv4', internal: false} as NetworkInterfaceInfo;

type Wishes = {readonly mapsPort?: boolean; readonly forwardedPort?: number; readonly tellsLocal?: boolean};

function setUp({mapsPort = true, forwardedPort, tellsLocal = false}: Wishes = {}) {
	const time = new HandMovedTime();
	const router = new FakeRouter();
	const offers: Array<readonly Address[]> = [];
	const places: Array<OwnPlace | undefined> = [];
	let wishesLocal = tellsLocal;
	let sightings: readonly BoundSighting[] = [];
	const surroundings: Surroundings = new Surroundings({
		interfaces: () => ({eth0: [lan]}),
		clock: time.clock,
		timers: time.timers,
		random: seededRandom('surroundings'),
		route: () => ({interface: 'eth0', gateway: ROUTER.host}),
		openGateway: router.open,
		wishes: () => ({tellsLocal: wishesLocal, mapsPort, forwardedPort}),
		sightings: () => sightings,
		silenceMs: () => 15_000,
		reflectors: () => [],
		onOffered: addresses => offers.push(addresses),
		onMoved() {},
		onPlace: () => places.push(surroundings.place),
		onDrop() {},
	});
	surroundings.start(PORT);
	surroundings.loggedIn(SERVER, {host: OUTSIDE, port: 60_000});
	/** Two reflectors see our socket at these ports. */
	const seen = async (...ports: readonly number[]) => {
		sightings = ports.map((port, index) => ({
			reflector: {...SERVER, port: SERVER.port + index},
			observed: {host: OUTSIDE, port},
			at: time.clock.elapsed(),
		}));
		surroundings.look();
		await turn();
	};

	const wishLocal = (isWished: boolean) => {
		wishesLocal = isWished;
		surroundings.look();
	};

	return {time, router, offers, places, surroundings, seen, wishLocal};
}

/** Whether a promise is settled, after all that is due now. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
	await turn();
	return Promise.race([promise.then(() => true), turn(false)]);
}

test('behind a NAT that keeps its ports the router is asked 3 s after the login, and nobody waits for it', async t => {
	const {time, router, surroundings, seen} = setUp();
	await seen(50_000, 50_000);
	t.true(await isSettled(surroundings.settled()));
	time.pass(2999);
	await turn();
	t.is(router.asked.length, 0);
	time.pass(1);
	await turn();
	t.is(router.asked.length, 1);
	t.true(await isSettled(surroundings.settled()));
	await surroundings.stop();
});

test('who has left by then has asked nothing', async t => {
	const {time, router, surroundings, seen} = setUp();
	await seen(50_000, 50_000);
	await surroundings.stop();
	time.pass(3000);
	await turn();
	t.is(router.asked.length, 0);
	t.deepEqual(time.due, []);
});

test('behind a NAT that gives each way another port it is asked at once, and what it gives is told before anybody is introduced', async t => {
	const {router, offers, surroundings, seen} = setUp();
	await seen(50_000, 50_001);
	t.is(router.asked.length, 1);
	const settled = surroundings.settled();
	t.false(await isSettled(settled));
	t.deepEqual(offers, []);
	router.say(pcpAnswer(router.asked[0]!));
	t.deepEqual(offers, [[{host: OUTSIDE, port: PORT}]]);
	t.true(await isSettled(settled));
	t.true(await isSettled(surroundings.settled()));
	router.answer = request => [pcpAnswer(request)];
	await surroundings.stop();
});

test('a router that says nothing is waited for 250 ms, and not at all once it counts as silent', async t => {
	const {time, router, surroundings, seen} = setUp();
	await seen(50_000, 50_001);
	const settled = surroundings.settled();
	time.pass(249);
	t.false(await isSettled(settled));
	time.pass(1);
	t.true(await isSettled(settled));
	time.pass(3500);
	t.is(router.asked.length, 4);
	t.is(surroundings.report().portMapping.kind, 'silent');
	t.true(await isSettled(surroundings.settled()));
	await surroundings.stop();
});

test('who leaves meanwhile waits for nothing', async t => {
	const {time, surroundings, seen} = setUp();
	await seen(50_000, 50_001);
	const settled = surroundings.settled();
	await surroundings.stop();
	t.true(await isSettled(settled));
	t.deepEqual(time.due, []);
});

test('where the person wants none of it, it is asked nothing', async t => {
	const {time, router, surroundings, seen} = setUp({mapsPort: false});
	await seen(50_000, 50_001);
	time.pass(3000);
	await turn();
	t.is(router.asked.length, 0);
	t.true(await isSettled(surroundings.settled()));
	await surroundings.stop();
});

test('a port that the person has chosen is told with the host that we are seen at, where we are seen at another', async t => {
	const {offers, surroundings, seen} = setUp({mapsPort: false, forwardedPort: PORT});
	await seen(50_000, 50_001);
	const forwarded = {host: OUTSIDE, port: PORT};
	t.deepEqual(offers, [[forwarded]]);
	t.deepEqual(surroundings.report().forwarded, forwarded);
	await seen(PORT, PORT);
	t.deepEqual(offers, [[forwarded], []]);
	t.is(surroundings.report().forwarded, undefined);
	await surroundings.stop();
});

test('it is told once where the router maps the same one, and not where our socket has another this time', async t => {
	const {offers, router, surroundings, seen} = setUp({forwardedPort: PORT});
	router.answer = request => [pcpAnswer(request)];
	await seen(50_000, 50_001);
	t.deepEqual(offers, [[{host: OUTSIDE, port: PORT}]]);
	await surroundings.stop();

	const other = setUp({mapsPort: false, forwardedPort: PORT + 1});
	await other.seen(50_000, 50_001);
	t.deepEqual(other.offers, []);
	await other.surroundings.stop();
});

test('contacts may know where we are while the person wishes it, and nobody says where we are seen once the directory is away', async t => {
	const {places, surroundings, seen, wishLocal} = setUp({tellsLocal: true});
	const addresses = [{host: OWN, port: PORT}];
	await seen(50_000);
	await seen(50_000);
	surroundings.loggedOut();
	surroundings.loggedIn(SERVER, {host: OUTSIDE, port: 60_000});
	wishLocal(false);
	wishLocal(true);
	const at = (...ports: readonly number[]) => ({addresses, seen: ports.map(port => ({host: OUTSIDE, port}))});
	t.deepEqual(places, [at(), at(50_000), at(), at(50_000), undefined, at(50_000)]);
	await surroundings.stop();
});
