// The logs that a client follows, against a directory that keeps them by the server's own rules, and then does what it likes.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {type LogAlarm, LogKeeper} from '../../../source/channel/directory/log-keeper.ts';
import {sha256} from '../../../source/crypto/hash.ts';
import {type IdentityKey, identityFromSeed} from '../../../source/crypto/identity.ts';
import {
	type DeviceLog,
	deviceIdOf,
	entryBytesHash,
	extendLog,
	followEntry,
	foundLog,
	joinConsent,
	replayLog,
} from '../../../source/protocol/devices/device-log.ts';
import {type DeviceRole, encodeDeviceEntry} from '../../../source/wire/messages/device-entry.ts';
import {LOG_PAGE, type LogPage} from '../../../source/wire/messages/devices.ts';

const NOW = 1_800_000_000_000;
const keyOf = (label: string): IdentityKey => identityFromSeed(sha256(Buffer.from(`keeper ${label}`)));
const [first, laptop, phone, mallory] = ['first', 'laptop', 'phone', 'mallory'].map(keyOf) as [
	IdentityKey,
	IdentityKey,
	IdentityKey,
	IdentityKey,
];

/** The directory's half: one account's entries, extended by the rules that everybody follows. */
class Entries {
	list: Buffer[] = [];
	readonly founder: IdentityKey;

	constructor(founder = first, ...devices: readonly IdentityKey[]) {
		this.founder = founder;
		this.take(encodeDeviceEntry(foundLog(founder, 'alice', NOW)));
		for (const device of devices) this.add(device);
	}

	get log(): DeviceLog {
		return replayLog(this.list)!;
	}

	take(entry: Buffer): boolean {
		const start = {name: 'alice', foundingKey: this.founder.publicKey};
		const next = followEntry(replayLog(this.list) ?? start, entry);
		if (!('refused' in next)) this.list.push(entry);
		return !('refused' in next);
	}

	add(device: IdentityKey, role: DeviceRole = 'device'): void {
		const consent = joinConsent(device, 'alice', this.founder.publicKey);
		const change = {kind: 'add', subject: device.publicKey, role, consent} as const;
		this.take(encodeDeviceEntry(extendLog(this.log, this.founder, change, NOW)));
	}

	remove(device: IdentityKey): void {
		const change = {kind: 'remove', subject: device.publicKey, role: 'device'} as const;
		this.take(encodeDeviceEntry(extendLog(this.log, this.founder, change, NOW)));
	}

	page(from: number, count = this.list.length): LogPage {
		return {request: 1, name: 'alice', count, entries: this.list.slice(from, from + LOG_PAGE)};
	}
}

/** A client that follows alice's log at a directory which shows `entries`, whatever they are by then. */
function following(entries: Entries, own = 'bob') {
	const shown = {entries, asked: [] as Array<readonly [string, number]>, page: undefined as LogPage | undefined};
	const alarms: LogAlarm[] = [];
	const fresh: number[] = [];
	let empty = 0;
	const keeper = new LogKeeper({
		timers: {after: () => () => {}},
		onLog: (_, {count}, news) => fresh.push(count, news.length),
		onAlarm: (_, alarm) => alarms.push(alarm),
		onEmpty: () => empty++,
	});
	const line = {
		async devices(name: string, from: number) {
			shown.asked.push([name, from]);
			if (name !== 'alice') return {request: 1, name, count: 0, entries: []};
			return shown.page ?? shown.entries.page(from);
		},
		async extendLog(entry: Buffer) {
			shown.entries.take(entry);
			return shown.entries.page(replayLog([...shown.entries.list])!.count - 1);
		},
	};
	keeper.keep('alice', first.publicKey);
	return {
		keeper,
		shown,
		alarms,
		fresh,
		empty: () => empty,
		/** Has the keeper look, and waits until it has. */
		look: async () => {
			keeper.begin(line, own);
			keeper.look('alice');
			for (let turn = 0; turn < 50; turn++) await Promise.resolve();
		},
	};
}

test('a log is followed from the pinned founding key, and then from the last known entry on', async t => {
	const entries = new Entries(first, laptop);
	const {keeper, shown, alarms, fresh, look} = following(entries);
	t.true(keeper.admits('alice', first.publicKey));
	t.false(keeper.admits('alice', laptop.publicKey));
	await look();
	t.deepEqual(fresh, [2, 2]);
	t.true(keeper.admits('alice', laptop.publicKey));
	entries.add(phone);
	await look();
	t.deepEqual(shown.asked, [
		['alice', 0],
		['alice', 1],
	]);
	t.deepEqual(fresh, [2, 2, 3, 1]);
	t.deepEqual(alarms, []);
	// As it was kept on a disk.
	t.true(following(entries).keeper.keep('alice', first.publicKey, entries.list));
	t.false(following(entries).keeper.keep('alice', mallory.publicKey, entries.list));
	t.false(following(entries).keeper.keep('alice', first.publicKey, entries.list.slice(1)));
});

test('a log of more than a page is asked for until all of it is known', async t => {
	const entries = new Entries();
	for (let index = 0; index < 20; index++) {
		const device = keyOf(`short-lived ${index}`);
		entries.add(device);
		entries.remove(device);
	}

	const {keeper, look} = following(entries);
	await look();
	t.is(keeper.log('alice')?.count, 41);
});

const online = (key: IdentityKey) => [{id: deviceIdOf(key.publicKey), role: 'device' as const}];

const known = new Entries(first, laptop);

const lies: Readonly<Record<string, readonly [LogAlarm, (entries: Entries) => LogPage]>> = {
	'replays an old log': ['shorter', () => new Entries().page(0)],
	'shows no log at all any more': ['shorter', () => ({request: 1, name: 'alice', count: 0, entries: []})],
	'shows another log of another key': ['forked', () => new Entries(mallory, laptop, phone).page(1)],
	'shows two histories: a second one that begins alike': [
		'forked',
		() => {
			const other = new Entries();
			other.add(phone);
			other.add(laptop);
			return other.page(1);
		},
	],
	'leaves out an entry': [
		'missing',
		entries => {
			entries.add(phone);
			entries.remove(phone);
			return {...entries.page(0), entries: entries.list.slice(3)};
		},
	],
	'claims entries that it does not show': ['missing', () => ({request: 1, name: 'alice', count: 3, entries: []})],
	'forges an entry': [
		'signature',
		entries => {
			entries.add(phone);
			const forged = Buffer.from(entries.list.at(-1)!);
			forged[forged.length - 1]! ^= 1;
			return {...entries.page(1), entries: [entries.list[1]!, forged]};
		},
	],
	'adds a key of its own': [
		'signer-unknown',
		entries => {
			const consent = joinConsent(mallory, 'alice', first.publicKey);
			const change = {kind: 'add', subject: mallory.publicKey, role: 'device', consent} as const;
			const planted = encodeDeviceEntry(extendLog(entries.log, mallory, change, NOW));
			return {...entries.page(1, 3), entries: [entries.list[1]!, planted]};
		},
	],
	'reorders entries': [
		'missing',
		entries => {
			entries.add(phone);
			entries.remove(phone);
			const [, second, third, fourth] = entries.list as [Buffer, Buffer, Buffer, Buffer];
			return {...entries.page(1), entries: [second, fourth, third]};
		},
	],
	'repeats an entry': [
		'repeated',
		entries => {
			entries.add(phone);
			const [, second, third] = entries.list as [Buffer, Buffer, Buffer];
			return {...entries.page(1, 4), entries: [second, third, third]};
		},
	],
	'hands in an entry of somebody else': [
		'name',
		entries => {
			const foreign = encodeDeviceEntry(foundLog(mallory, 'mallory', NOW));
			return {...entries.page(1, 3), entries: [entries.list[1]!, foreign]};
		},
	],
	'claims more entries than a log has': ['full', entries => entries.page(1, 65)],
};

for (const [title, [alarm, page]] of Object.entries(lies)) {
	test(`a directory that ${title}: the alarm of a changed key, and nothing of it is believed`, async t => {
		const entries = new Entries();
		entries.list = [...known.list];
		const {keeper, shown, alarms, look} = following(entries);
		await look();
		const before = keeper.log('alice');
		t.is(before?.count, 2);
		shown.page = page(entries);
		await look();
		t.deepEqual(alarms, [alarm]);
		t.deepEqual(keeper.log('alice'), before);
		t.false(keeper.admits('alice', mallory.publicKey));
		// It stays one, once, whatever is shown from then on; until a person takes a key anew.
		shown.page = undefined;
		await look();
		t.deepEqual(alarms, [alarm]);
		t.is(keeper.alarm('alice'), alarm);
		keeper.keep('alice', first.publicKey, known.list);
		t.is(keeper.alarm('alice'), undefined);
	});
}

test('a directory that hides a removal shows the beginning of the true log, and is found out by the next entry', async t => {
	const entries = new Entries(first, laptop);
	const {keeper, shown, alarms, look} = following(entries);
	await look();
	const hidden = entries.page(1);
	entries.remove(laptop);
	shown.page = hidden;
	await look();
	t.true(keeper.admits('alice', laptop.publicKey));
	t.deepEqual(alarms, []);
	// What is added behind it cannot be shown without it.
	entries.add(phone);
	keeper.takeNews({...entries.page(3), request: 0});
	shown.page = undefined;
	await look();
	t.false(keeper.admits('alice', laptop.publicKey));
	t.true(keeper.admits('alice', phone.publicKey));
});

test('news are taken when they are the next entry, asked about when one is missing, and passed over for other names', async t => {
	const entries = new Entries();
	const {keeper, shown, alarms, look} = following(entries);
	await look();
	entries.add(laptop);
	keeper.takeNews({...entries.page(1), request: 0});
	t.true(keeper.admits('alice', laptop.publicKey));
	keeper.takeNews({...entries.page(1), request: 0});
	entries.add(phone);
	entries.remove(laptop);
	const asked = shown.asked.length;
	keeper.takeNews({...entries.page(3), request: 0});
	keeper.takeNews({...entries.page(1), request: 0, name: 'nobody'});
	await look();
	// Once for the entry that was missing, and once for the look.
	t.is(shown.asked.length, asked + 2);
	t.false(keeper.admits('alice', laptop.publicKey));
	t.deepEqual(alarms, []);
});

test('a log is asked for when a device is online that it does not admit, and when it is longer elsewhere', async t => {
	const entries = new Entries(first, laptop);
	const {keeper, shown, look} = following(entries);
	await look();
	const asked = shown.asked.length;
	keeper.takeOnline('alice', online(laptop));
	keeper.takeLengths([
		{name: 'alice', count: 2},
		{name: 'nobody', count: 9},
	]);
	t.is(shown.asked.length, asked);
	entries.add(phone);
	keeper.takeOnline('alice', online(phone));
	await look();
	t.true(keeper.admits('alice', phone.publicKey));
	entries.remove(phone);
	keeper.takeLengths([{name: 'alice', count: 4}]);
	await look();
	t.false(keeper.admits('alice', phone.publicKey));
});

test('an entry for the own log is signed anew when a sibling was faster, and what no log takes is not sent', async t => {
	const entries = new Entries(first);
	const {keeper, look} = following(entries, 'alice');
	await look();
	let signed = 0;
	const add = (log: Parameters<Parameters<LogKeeper['extend']>[1]>[0], device: IdentityKey) => {
		if (!('count' in log)) throw new Error('no log');
		const consent = joinConsent(device, 'alice', first.publicKey);
		const change = {kind: 'add', subject: device.publicKey, role: 'device', consent} as const;
		return extendLog(log, first, change, NOW);
	};

	const done = await keeper.extend('alice', log => {
		if (++signed === 1) entries.add(phone);
		return add(log, laptop);
	});
	t.is(done, 'done');
	t.is(signed, 2);
	t.is(keeper.log('alice')?.living.size, 3);
	const before = entries.list.length;
	t.deepEqual(await keeper.extend('alice', log => add(log, laptop)), {refused: 'subject-known'});
	t.is(entries.list.length, before);
});

test('a directory of an earlier build does not answer: the founding key is all there is, and nothing is an alarm', async t => {
	const {keeper, alarms, empty} = following(new Entries());
	keeper.begin({devices: async () => 'offline', extendLog: async () => 'offline'}, 'alice');
	for (let turn = 0; turn < 50; turn++) await Promise.resolve();
	t.true(keeper.admits('alice', first.publicKey));
	t.is(keeper.log('alice'), undefined);
	t.deepEqual([alarms, empty()], [[], 0]);
	t.is(await keeper.extend('alice', () => foundLog(first, 'alice', NOW)), 'offline');
});

test('what somebody else knows of a log is compared with what the directory shows', async t => {
	const entries = new Entries(first, laptop);
	const {keeper, shown, look} = following(entries);
	const head = (of: Entries, count: number) => ({count, head: entryBytesHash(of.list[count - 1]!)});
	t.is(await keeper.has('alice', head(entries, 1)), undefined, 'nobody can be asked');
	await look();
	t.true(await keeper.has('alice', head(entries, 2)));
	t.true(await keeper.has('alice', head(entries, 1)), 'they know less');
	t.false(await keeper.has('alice', {...head(entries, 2), head: Buffer.alloc(32)}));
	const longer = new Entries(first, laptop, phone);
	const short = entries.page(1);
	shown.page = short;
	t.false(await keeper.has('alice', head(longer, 3)), 'the directory holds it back');
	shown.page = undefined;
	shown.entries = longer;
	t.true(await keeper.has('alice', head(longer, 3)), 'it was only news');
	t.is(await keeper.has('nobody', head(longer, 3)), undefined);
});
