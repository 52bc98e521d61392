// What the watch tells when a machine moves and sleeps, with time moved by hand.
import test from 'ava';
import {InterfaceWatch, type NetworkChange} from '../../../source/channel/network/interface-watch.ts';
import {type InterfaceList} from '../../../source/channel/network/offered-addresses.ts';
import {HandMovedTime} from './hand-moved-time.ts';

function setUp() {
	const time = new HandMovedTime();
	const changes: NetworkChange[] = [];
	const state = {hosts: ['192.168.1.23'], looks: 0, isBroken: false};
	const interfaces = (): InterfaceList => {
		state.looks++;
		if (state.isBroken) throw new Error('ENFILE');
		const rest = {netmask: '', mac: '', internal: false, cidr: null, family: 'IPv4'} as const;
		return {eth0: state.hosts.map(address => ({...rest, address}))};
	};

	const {clock, timers} = time;
	const watch = new InterfaceWatch({interfaces, clock, timers, onChange: change => changes.push(change)});
	watch.start();
	return {time, changes, state, watch};
}

const eth0 = (...hosts: string[]) => hosts.map(host => ({interface: 'eth0', host}));

test('it looks every 2 s, and says nothing while nothing changes', t => {
	const {time, changes, state} = setUp();
	t.is(state.looks, 1);
	time.pass(1999);
	t.is(state.looks, 1);
	time.pass(60_001);
	t.is(state.looks, 32);
	t.deepEqual(changes, []);
});

test('an address that comes or goes is told of once, within 2 s', t => {
	const {time, changes, state} = setUp();
	state.hosts = ['10.0.0.7'];
	time.pass(2000);
	t.deepEqual(changes, [{added: eth0('10.0.0.7'), removed: eth0('192.168.1.23'), sleptMs: 0}]);
	time.pass(10_000);
	t.is(changes.length, 1);
	state.hosts = [];
	time.pass(2000);
	state.hosts = ['10.0.0.7', '10.0.0.8'];
	time.pass(2000);
	t.deepEqual(changes.slice(1), [
		{added: [], removed: eth0('10.0.0.7'), sleptMs: 0},
		{added: eth0('10.0.0.7', '10.0.0.8'), removed: [], sleptMs: 0},
	]);
});

test('the same addresses in another order, or twice, are no change', t => {
	const {time, changes, state} = setUp();
	state.hosts = ['10.0.0.7', '192.168.1.23'];
	time.pass(2000);
	t.is(changes.length, 1);
	state.hosts = ['192.168.1.23', '10.0.0.7', '10.0.0.7', '169.254.1.1', '127.0.0.1'];
	time.pass(2000);
	t.is(changes.length, 1);
});

test('a machine that slept, or a process that was stopped, is told of, with how long it was', t => {
	for (const kind of ['sleepFor', 'stopFor'] as const) {
		const {time, changes, state} = setUp();
		time.pass(1000);
		time[kind](4999 + (kind === 'stopFor' ? 1000 : 0));
		time.pass(1000);
		t.deepEqual(changes, [], kind);
		time[kind](300_000);
		time.pass(2000);
		t.is(changes.length, 1, kind);
		t.true(changes[0]!.sleptMs >= 298_000, `${kind} ${changes[0]!.sleptMs}`);
		time.pass(20_000);
		t.is(changes.length, 1, kind);
		state.hosts = ['10.0.0.7'];
		time[kind](10_000);
		time.pass(2000);
		t.deepEqual(changes[1]?.added, eth0('10.0.0.7'), kind);
		t.true(changes[1]!.sleptMs >= 8000, kind);
	}
});

test('a wall clock that is set back is no sleep', t => {
	const {time, changes} = setUp();
	time.sleepFor(-3_600_000);
	time.pass(10_000);
	t.deepEqual(changes, []);
});

test('a system that cannot tell is no change', t => {
	const {time, changes, state} = setUp();
	state.isBroken = true;
	time.pass(10_000);
	t.deepEqual(changes, []);
	state.isBroken = false;
	time.pass(10_000);
	t.deepEqual(changes, []);
});

test('a watch that is stopped looks no more, and one that is started twice looks once', t => {
	const {time, changes, state, watch} = setUp();
	watch.start();
	state.looks = 0;
	time.pass(4000);
	t.is(state.looks, 2);
	watch.stop();
	watch.stop();
	state.hosts = [];
	time.pass(60_000);
	t.is(state.looks, 2);
	t.deepEqual(changes, []);
	t.deepEqual(time.due, []);
	watch.start();
	time.pass(60_000);
	t.deepEqual(changes, []);
	watch.stop();
});

test('whoever has a doubt has it look at once; what that finds is not told again', t => {
	const {time, changes, state, watch} = setUp();
	watch.check();
	t.deepEqual(changes, []);
	state.hosts = ['10.0.0.7'];
	watch.check();
	t.deepEqual(changes, [{added: eth0('10.0.0.7'), removed: eth0('192.168.1.23'), sleptMs: 0}]);
	time.pass(10_000);
	t.is(changes.length, 1);
	t.is(state.looks, 8, 'and the looks of each 2 s go on');
});
