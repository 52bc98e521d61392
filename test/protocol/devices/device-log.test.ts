// The device log: what a device may add to it, and what nobody can make those who follow it believe.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {type IdentityKey, generateIdentity} from '../../../source/crypto/identity.ts';
import {sha256} from '../../../source/crypto/hash.ts';
import {
	type DeviceLog,
	LIVING_LIMIT,
	LOG_LIMIT,
	type LogRefusal,
	REMOVALS_FROM,
	extendLog,
	followEntry,
	foundLog,
	isLivingDevice,
	joinConsent,
	logEntryHash,
} from '../../../source/protocol/devices/device-log.ts';
import {
	type DeviceRole,
	LOG_ENTRY_SIZE,
	type DeviceEntry,
	decodeDeviceEntry,
	encodeDeviceEntry,
} from '../../../source/wire/messages/device-entry.ts';

const NOW = 1_800_000_000_000;

/** Keys that are the same in each run. */
function keyOf(label: string): IdentityKey {
	return generateIdentity(size => Buffer.from(sha256(Buffer.from(label)).subarray(0, size))).identity;
}

const [first, laptop, keeper, paper, thief] = ['first', 'laptop', 'keeper', 'paper', 'thief'].map(keyOf) as [
	IdentityKey,
	IdentityKey,
	IdentityKey,
	IdentityKey,
	IdentityKey,
];

/** A log as somebody follows it, with the entries so far. */
class Chain {
	log: DeviceLog;
	readonly entries: DeviceEntry[] = [];

	constructor(founder = first) {
		const entry = foundLog(founder, 'alice', NOW);
		const log = followEntry({name: 'alice'}, encodeDeviceEntry(entry));
		if ('refused' in log) throw new Error(log.refused);
		this.log = log;
		this.entries.push(entry);
	}

	/** Why an entry is refused, or undefined: then it is in. */
	try(entry: DeviceEntry): LogRefusal | undefined {
		const log = followEntry(this.log, encodeDeviceEntry(entry));
		if ('refused' in log) return log.refused;
		this.log = log;
		this.entries.push(entry);
		return undefined;
	}

	add(signer: IdentityKey, key: IdentityKey, role: DeviceRole = 'device'): LogRefusal | undefined {
		return this.try(this.adding(signer, key, role));
	}

	adding(signer: IdentityKey, {publicKey: subject}: IdentityKey, role: DeviceRole, joining?: IdentityKey): DeviceEntry {
		const consent = joinConsent(joining ?? byPublic(subject), 'alice', this.log.foundingKey);
		return extendLog(this.log, signer, {kind: 'add', subject, role, consent}, NOW);
	}

	remove(signer: IdentityKey, {publicKey: subject}: IdentityKey): LogRefusal | undefined {
		const role = this.log.living.get(subject.toString('hex'))?.role ?? 'device';
		return this.try(extendLog(this.log, signer, {kind: 'remove', subject, role}, NOW));
	}

	role(signer: IdentityKey, {publicKey: subject}: IdentityKey, role: DeviceRole): LogRefusal | undefined {
		return this.try(extendLog(this.log, signer, {kind: 'role', subject, role}, NOW));
	}

	get living(): string[] {
		return [...this.log.living.values()].map(({key, role}) => `${nameOf(key)} ${role}`);
	}
}

const known = new Map<string, IdentityKey>();
for (const key of [first, laptop, keeper, paper, thief]) known.set(key.publicKey.toString('hex'), key);

function byPublic(key: Buffer): IdentityKey {
	return known.get(key.toString('hex'))!;
}

function nameOf(key: Buffer): string {
	return (
		Object.entries({first, laptop, keeper, paper, thief}).find(([, {publicKey}]) => publicKey.equals(key))?.[0] ?? '?'
	);
}

/** `first`, a laptop, a keeper and words on paper. */
function family(): Chain {
	const chain = new Chain();
	chain.add(first, laptop);
	chain.add(laptop, keeper, 'keeper');
	chain.add(first, paper, 'recovery');
	return chain;
}

test('a log grows by what living devices sign, and everybody who follows it sees the same devices', t => {
	const chain = family();
	t.deepEqual(chain.living, ['first device', 'laptop device', 'keeper keeper', 'paper recovery']);
	t.is(chain.role(laptop, keeper, 'device'), undefined);
	t.is(chain.remove(keeper, first), undefined, 'a device by now');
	t.deepEqual(chain.living, ['laptop device', 'keeper device', 'paper recovery']);

	let followed: DeviceLog | {name: string; foundingKey: Buffer} = {name: 'alice', foundingKey: first.publicKey};
	for (const entry of chain.entries) {
		const bytes = encodeDeviceEntry(entry);
		t.is(bytes.length, LOG_ENTRY_SIZE);
		const next: ReturnType<typeof followEntry> = followEntry(followed, bytes);
		if ('refused' in next) return t.fail(next.refused);
		followed = next;
	}

	t.deepEqual(followed, chain.log);
	t.deepEqual(chain.log.foundingKey, first.publicKey, 'it stays when its device goes');
});

test('devices and keepers may sign in and talk, words on paper, strangers and who was removed may not', t => {
	const chain = family();
	const may = () => [first, laptop, keeper, paper, thief].map(({publicKey}) => isLivingDevice(chain.log, publicKey));
	t.deepEqual(may(), [true, true, true, false, false]);
	t.is(chain.remove(first, laptop), undefined);
	t.deepEqual(may(), [true, false, true, false, false]);
});

test('a keeper admits nobody, removes nobody but itself, and gives nobody another role', t => {
	const chain = family();
	t.is(chain.add(keeper, thief), 'signer-not-allowed');
	t.is(chain.remove(keeper, laptop), 'signer-not-allowed');
	t.is(chain.role(keeper, keeper, 'device'), 'signer-not-allowed');
	t.is(chain.remove(keeper, keeper), undefined);
});

test('words on paper admit and remove devices, and nobody else takes them away', t => {
	const chain = family();
	t.is(chain.remove(first, paper), 'signer-not-allowed');
	t.is(chain.role(first, paper, 'device'), 'signer-not-allowed');
	t.is(chain.role(first, laptop, 'recovery'), 'role');
	t.is(chain.remove(paper, laptop), undefined);
	t.is(chain.add(paper, thief), undefined);
	t.is(chain.remove(paper, paper), undefined);
	t.deepEqual(chain.living, ['first device', 'keeper keeper', 'thief device']);
});

test('whoever was removed signs nothing any more and never comes back; of two that remove each other the first counts', t => {
	const chain = family();
	const late = extendLog(chain.log, laptop, {kind: 'remove', subject: first.publicKey, role: 'device'}, NOW);
	t.is(chain.remove(first, laptop), undefined);
	t.is(chain.try(late), 'repeated', 'it was made for the place that is taken');
	t.is(chain.remove(laptop, first), 'signer-unknown', 'and made anew');
	t.is(chain.add(first, laptop), 'subject-removed');
	t.is(chain.remove(first, laptop), 'subject-removed');
	t.is(chain.role(first, laptop, 'keeper'), 'subject-removed');
});

test('a key is admitted once, with its own consent to this account and by one that is in it', t => {
	const chain = family();
	t.is(chain.add(thief, thief), 'signer-unknown');
	t.is(chain.add(first, laptop), 'subject-known');
	t.is(chain.remove(first, thief), 'subject-unknown');
	t.is(chain.try(chain.adding(first, thief, 'device', laptop)), 'consent', 'signed by another key');
	const other = new Chain(thief);
	const subject = thief.publicKey;
	const foreign = joinConsent(thief, 'alice', other.log.foundingKey);
	t.is(
		chain.try(extendLog(chain.log, first, {kind: 'add', subject, role: 'device', consent: foreign}, NOW)),
		'consent',
	);
	const forBob = joinConsent(thief, 'bob', first.publicKey);
	t.is(chain.try(extendLog(chain.log, first, {kind: 'add', subject, role: 'device', consent: forBob}, NOW)), 'consent');
	t.is(chain.role(first, laptop, 'device'), 'role', 'it has that one');
});

test('what is forged, altered, left out, repeated, of another log, name or version is refused', t => {
	const chain = family();
	const entry = chain.adding(first, thief, 'device');
	const refusal = (changes: Partial<DeviceEntry>) => followEntry(chain.log, encodeDeviceEntry({...entry, ...changes}));
	t.deepEqual(refusal({version: 2}), {refused: 'version'});
	t.deepEqual(refusal({name: 'bob'}), {refused: 'name'});
	t.deepEqual(refusal({index: 9}), {refused: 'missing'});
	t.deepEqual(refusal({index: 1}), {refused: 'repeated'});
	t.deepEqual(refusal({previous: logEntryHash(chain.entries[1]!)}), {refused: 'forked'});
	t.deepEqual(refusal({signature: Buffer.alloc(64)}), {refused: 'signature'});
	t.deepEqual(refusal({time: NOW + 1}), {refused: 'signature'});
	t.deepEqual(refusal({role: 'keeper'}), {refused: 'signature'});
	t.deepEqual(refusal({signer: laptop.publicKey}), {refused: 'signature'});
	const removal = extendLog(chain.log, first, {kind: 'remove', subject: laptop.publicKey, role: 'device'}, NOW);
	const consenting = {...removal, consent: joinConsent(laptop, 'alice', first.publicKey)};
	t.deepEqual(followEntry(chain.log, encodeDeviceEntry(consenting)), {refused: 'signature'});
	const unlike = extendLog(chain.log, first, {kind: 'remove', subject: laptop.publicKey, role: 'keeper'}, NOW);
	t.is(chain.try(unlike), 'role');

	const bytes = encodeDeviceEntry(entry);
	for (let at = 0; at < bytes.length; at++) {
		const damaged = Buffer.from(bytes);
		damaged[at]! ^= 1;
		t.true('refused' in followEntry(chain.log, damaged), `byte ${at}`);
		t.deepEqual(followEntry(chain.log, bytes.subarray(0, at)), {refused: 'malformed'});
	}

	t.deepEqual(followEntry(chain.log, Buffer.concat([bytes, Buffer.alloc(1)])), {refused: 'malformed'});
	t.false('refused' in followEntry(chain.log, bytes));
});

test('a log begins with one founding entry, by the key that is pinned', t => {
	const entry = foundLog(first, 'alice', NOW);
	const begin = (changes: Partial<DeviceEntry>, foundingKey = first.publicKey) =>
		followEntry({name: 'alice', foundingKey}, encodeDeviceEntry({...entry, ...changes}));
	t.false('refused' in begin({}));
	t.deepEqual(begin({}, thief.publicKey), {refused: 'forked'});
	t.deepEqual(begin({index: 1}), {refused: 'missing'});
	t.deepEqual(begin({kind: 'add'}), {refused: 'not-founded'});
	t.deepEqual(begin({previous: Buffer.alloc(32, 1)}), {refused: 'not-founded'});
	t.deepEqual(begin({signer: laptop.publicKey}), {refused: 'signer-not-allowed'});
	t.deepEqual(begin({role: 'keeper'}), {refused: 'role'});
	t.deepEqual(begin({consent: Buffer.alloc(64)}), {refused: 'signature'});
	const chain = new Chain();
	t.is(chain.try({...foundLog(laptop, 'alice', NOW), index: 1, previous: chain.log.head}), 'founded-again');
});

test('two logs from one beginning are seen by whoever knows one of them', t => {
	const [one, other] = [new Chain(), new Chain()];
	t.is(one.add(first, laptop), undefined);
	t.is(other.add(first, thief), undefined);
	t.is(other.add(first, laptop), undefined);
	t.deepEqual(followEntry(one.log, encodeDeviceEntry(other.entries[2]!)), {refused: 'forked'});
});

test('a log that somebody fills still takes the removal of every key in it', t => {
	const chain = new Chain();
	const added: IdentityKey[] = [];
	for (let index = 0; chain.log.count < REMOVALS_FROM; index++) {
		const key = keyOf(`filler ${index}`);
		known.set(key.publicKey.toString('hex'), key);
		if (chain.log.living.size === LIVING_LIMIT) {
			t.is(chain.add(first, key), 'full');
			t.is(chain.remove(first, added.shift()!), undefined);
		} else {
			t.is(chain.add(first, key), undefined);
			added.push(key);
		}
	}

	t.is(chain.add(first, laptop), 'full');
	t.is(chain.role(first, added[0]!, 'keeper'), 'full');
	for (const key of added) t.is(chain.remove(first, key), undefined);
	t.is(chain.remove(first, first), undefined);
	t.is(chain.log.living.size, 0);
	t.true(chain.log.count <= LOG_LIMIT);
});

test('entries are decoded by their numbers alone', t => {
	const bytes = encodeDeviceEntry(foundLog(first, 'alice', NOW));
	const [kindAt, roleAt] = [1, 1 + 1 + 33 + 2 + 32 + 32];
	for (const at of [kindAt, roleAt]) {
		for (const number of [0, 5, 255]) {
			const damaged = Buffer.from(bytes);
			damaged[at] = number;
			t.is(decodeDeviceEntry(damaged), undefined);
		}
	}
});
