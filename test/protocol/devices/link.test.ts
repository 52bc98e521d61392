// Joining by a link: both halves against each other, with a directory between them that does what it likes.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {sha256} from '../../../source/crypto/hash.ts';
import {type IdentityKey, generateIdentity} from '../../../source/crypto/identity.ts';
import {systemRandom} from '../../../source/crypto/random.ts';
import {
	type DeviceLog,
	extendLog,
	followEntry,
	followPage,
	foundLog,
	isLivingDevice,
	joinConsent,
} from '../../../source/protocol/devices/device-log.ts';
import {LABEL_LIMIT, openLabel, sealLabel} from '../../../source/protocol/devices/link-keys.ts';
import {type Joining, continueJoining, startJoining} from '../../../source/protocol/devices/link-joiner.ts';
import {
	LINK_LIFE_MS,
	LINK_TRIES,
	type LinkOffer,
	consumeLinkRequest,
	continueLink,
	createLinkOffer,
} from '../../../source/protocol/devices/link-offer.ts';
import {encodeDeviceEntry} from '../../../source/wire/messages/device-entry.ts';
import {type LinkRequest} from '../../../source/wire/messages/link-request.ts';

const NOW = 1_800_000_000_000;

function keyOf(label: string): IdentityKey {
	return generateIdentity(size => Buffer.from(sha256(Buffer.from(label)).subarray(0, size))).identity;
}

const [first, laptop, other, mallory] = ['first', 'laptop', 'other', 'mallory'].map(keyOf) as [
	IdentityKey,
	IdentityKey,
	IdentityKey,
	IdentityKey,
];

/** An account's log at the directory, that anybody follows. */
class Log {
	readonly entries: Buffer[] = [];
	log: DeviceLog;

	constructor(founder = first) {
		const entry = encodeDeviceEntry(foundLog(founder, 'alice', NOW));
		this.log = followed(followEntry({name: 'alice'}, entry));
		this.entries.push(entry);
	}

	add(entry: Buffer): void {
		this.log = followed(followEntry(this.log, entry));
		this.entries.push(entry);
	}

	page(from = 0) {
		return {request: 0, name: 'alice', count: this.entries.length, entries: this.entries.slice(from)};
	}
}

function followed(log: DeviceLog | {readonly refused: string}): DeviceLog {
	if ('refused' in log) throw new Error(log.refused);
	return log;
}

/** A link that was made, and the device that got it. */
function linked(role: LinkOffer['role'] = 'device') {
	const directory = new Log();
	const offer = createLinkOffer({name: 'alice', foundingKey: first.publicKey}, role, NOW, systemRandom);
	const secret = Buffer.from(offer.secret);
	const {state, request} = startJoining({...offer, secret}, laptop, 'laptop, study', systemRandom);
	return {directory, offer, secret, state, request};
}

const refusal = (state: Joining, page: ReturnType<Log['page']>) => {
	const step = continueJoining(state, page);
	return step.kind === 'refused' ? step.reason : step.kind;
};

test('who has the link is admitted by the device that made it, which learns what it calls itself, and the link is over', t => {
	const {directory, offer, state, request} = linked('keeper');
	const step = consumeLinkRequest(offer, request, directory.log, first, NOW + 1);
	t.is(step.kind, 'extend');
	if (step.kind !== 'extend') return;
	t.is(step.label, 'laptop, study');
	directory.add(encodeDeviceEntry(step.entry));
	const joined = continueJoining(state, directory.page());
	t.is(joined.kind, 'joined');
	if (joined.kind !== 'joined') return;
	t.true(isLivingDevice(joined.log, laptop.publicKey));
	t.is(joined.log.living.get(laptop.publicKey.toString('hex'))?.role, 'keeper');
	t.is(joined.entries.length, 2);
	t.like(continueLink(step.offer, directory.log, first, NOW + 2), {kind: 'joined', label: 'laptop, study'});
	t.true(offer.secret.every(byte => byte === 0));
});

test('a directory that swaps the joining key, its consent, or the account gets nobody in', t => {
	const {directory, offer, secret, request} = linked();
	const swapped: LinkRequest[] = [
		{...request, subject: mallory.publicKey, consent: joinConsent(mallory, 'alice', first.publicKey)},
		{...request, mac: Buffer.alloc(32)},
	];
	for (const each of swapped) {
		t.is(consumeLinkRequest(offer, each, directory.log, first, NOW).kind, 'wrong');
	}

	// The right key, and a consent to something else: no log would take that entry, so none is made.
	const consent = joinConsent(laptop, 'bob', first.publicKey);
	t.like(consumeLinkRequest(offer, {...request, consent}, directory.log, first, NOW), {
		kind: 'over',
		reason: 'consent',
	});
	// A link of another account, with the same secret.
	const bobs = startJoining({name: 'bob', foundingKey: first.publicKey, secret}, laptop, '', systemRandom).request;
	const again = createLinkOffer({name: 'alice', foundingKey: first.publicKey}, 'device', NOW, () =>
		Buffer.from(secret),
	);
	t.is(consumeLinkRequest(again, bobs, directory.log, first, NOW).kind, 'wrong');
});

test('three wrong MACs end a link, and its secret is gone', t => {
	const {directory, offer, request} = linked();
	let link = offer;
	for (let left = LINK_TRIES - 1; left > 0; left--) {
		const step = consumeLinkRequest(link, {...request, mac: Buffer.alloc(32)}, directory.log, first, NOW);
		t.like(step, {kind: 'wrong', left});
		if (step.kind === 'wrong') link = step.offer;
	}

	const step = consumeLinkRequest(link, {...request, mac: Buffer.alloc(32)}, directory.log, first, NOW);
	t.like(step, {kind: 'over', reason: 'guessed'});
	t.true(offer.secret.every(byte => byte === 0));
	t.like(consumeLinkRequest(offer, request, directory.log, first, NOW), {kind: 'over', reason: 'used'});
	// Whoever knows that it is wiped gets in by that neither.
	const zeros = startJoining({...offer, secret: Buffer.alloc(32)}, mallory, '', systemRandom).request;
	t.like(consumeLinkRequest(offer, zeros, directory.log, first, NOW), {kind: 'over', reason: 'used'});
});

test('a link that is used late admits nobody', t => {
	const {directory, offer, request} = linked();
	const step = consumeLinkRequest(offer, request, directory.log, first, NOW + LINK_LIFE_MS);
	t.like(step, {kind: 'over', reason: 'late'});
	const idle = linked().offer;
	t.is(continueLink(idle, directory.log, first, NOW + LINK_LIFE_MS - 1).kind, 'none');
	t.like(continueLink(idle, directory.log, first, NOW + LINK_LIFE_MS), {kind: 'over', reason: 'late'});
});

test('a link that is used twice admits one device, whoever else has it', t => {
	const {directory, offer, secret, request} = linked();
	const step = consumeLinkRequest(offer, request, directory.log, first, NOW);
	t.is(step.kind, 'extend');
	if (step.kind !== 'extend') return;
	const second = startJoining({...offer, secret}, mallory, '', systemRandom).request;
	t.is(consumeLinkRequest(step.offer, second, directory.log, first, NOW).kind, 'none');
	// The same device may ask again: its first request may have been answered into nothing.
	t.is(consumeLinkRequest(step.offer, request, directory.log, first, NOW).kind, 'extend');
	directory.add(encodeDeviceEntry(step.entry));
	t.is(continueLink(step.offer, directory.log, first, NOW).kind, 'joined');
	t.like(consumeLinkRequest(step.offer, second, directory.log, first, NOW), {kind: 'over', reason: 'used'});
});

test('when a sibling was faster with an entry of its own, the admission is signed anew for its new place', t => {
	const {directory, offer, state, request} = linked();
	const step = consumeLinkRequest(offer, request, directory.log, first, NOW);
	if (step.kind !== 'extend') throw new Error(step.kind);
	const consent = joinConsent(other, 'alice', first.publicKey);
	const change = {kind: 'add', subject: other.publicKey, role: 'device', consent} as const;
	directory.add(encodeDeviceEntry(extendLog(directory.log, first, change, NOW)));
	t.throws(() => directory.add(encodeDeviceEntry(step.entry)));
	const again = continueLink(step.offer, directory.log, first, NOW);
	if (again.kind !== 'extend') throw new Error(again.kind);
	directory.add(encodeDeviceEntry(again.entry));
	t.is(continueJoining(state, directory.page()).kind, 'joined');
});

test('a key that was removed before is not admitted by a link either', t => {
	const {directory, offer, request} = linked();
	const consent = joinConsent(laptop, 'alice', first.publicKey);
	const change = {kind: 'add', subject: laptop.publicKey, role: 'device', consent} as const;
	directory.add(encodeDeviceEntry(extendLog(directory.log, first, change, NOW)));
	const removal = {kind: 'remove', subject: laptop.publicKey, role: 'device'} as const;
	directory.add(encodeDeviceEntry(extendLog(directory.log, first, removal, NOW)));
	t.like(consumeLinkRequest(offer, request, directory.log, first, NOW), {kind: 'over', reason: 'subject-removed'});
});

test('the device that joins believes no log but the one that leads from the founding key in its link to its own key', t => {
	const {directory, offer, state, request} = linked();
	t.is(refusal(state, directory.page()), 'waiting');
	t.is(refusal(state, new Log(mallory).page()), 'forked');
	t.is(refusal(state, {...directory.page(), name: 'bob'}), 'name');
	t.is(refusal(state, {...directory.page(), entries: [Buffer.alloc(270)]}), 'malformed');
	const step = consumeLinkRequest(offer, request, directory.log, first, NOW);
	if (step.kind !== 'extend') throw new Error(step.kind);
	directory.add(encodeDeviceEntry(step.entry));
	// The admission alone, without what it stands on.
	t.is(refusal(state, directory.page(1)), 'missing');
	// Removed at once, by the same page: it is not in.
	const removal = {kind: 'remove', subject: laptop.publicKey, role: 'device'} as const;
	directory.add(encodeDeviceEntry(extendLog(directory.log, first, removal, NOW)));
	t.is(refusal(state, directory.page()), 'waiting');
});

test('a log comes in pages, and nothing is joined before the last', t => {
	const {directory, offer, state, request} = linked();
	const step = consumeLinkRequest(offer, request, directory.log, first, NOW);
	if (step.kind !== 'extend') throw new Error(step.kind);
	directory.add(encodeDeviceEntry(step.entry));
	for (const label of ['a', 'b', 'c']) {
		const key = keyOf(label);
		const consent = joinConsent(key, 'alice', first.publicKey);
		const change = {kind: 'add', subject: key.publicKey, role: 'device', consent} as const;
		directory.add(encodeDeviceEntry(extendLog(directory.log, first, change, NOW)));
	}

	const half = continueJoining(state, {...directory.page(), entries: directory.entries.slice(0, 3)});
	t.is(half.kind, 'waiting');
	if (half.kind !== 'waiting') return;
	const whole = continueJoining(half.state, directory.page(3));
	t.is(whole.kind, 'joined');
	if (whole.kind === 'joined') t.deepEqual(whole.entries, directory.entries);
});

test('a label is what its person wrote, cut at a character, and nobody without the secret reads it', t => {
	const secret = systemRandom(32);
	const seal = (label: string) => sealLabel(secret, laptop.publicKey, label, systemRandom(16));
	for (const label of ['', 'Küche', 'x'.repeat(LABEL_LIMIT)]) {
		t.is(openLabel(secret, laptop.publicKey, seal(label)), label);
	}

	t.is(openLabel(secret, laptop.publicKey, seal('😀'.repeat(40))), '😀'.repeat(15));
	t.is(openLabel(systemRandom(32), laptop.publicKey, seal('x')), undefined);
	t.is(openLabel(secret, mallory.publicKey, seal('x')), undefined);
});

test('whoever follows a log notices one that is shorter, and one that is another', t => {
	const directory = new Log();
	const consent = joinConsent(laptop, 'alice', first.publicKey);
	const change = {kind: 'add', subject: laptop.publicKey, role: 'device', consent} as const;
	const before = directory.log;
	directory.add(encodeDeviceEntry(extendLog(directory.log, first, change, NOW)));
	const known = directory.log;
	t.deepEqual(followPage(known, new Log().page()), {refused: 'shorter'});
	// As long, with another entry in the last place.
	const forked = new Log();
	const role = 'keeper';
	forked.add(encodeDeviceEntry(extendLog(before, first, {...change, role}, NOW)));
	t.deepEqual(followPage(known, forked.page(1)), {refused: 'forked'});
	// Longer, from there on.
	const removal = {kind: 'remove', subject: laptop.publicKey, role} as const;
	forked.add(encodeDeviceEntry(extendLog(forked.log, first, removal, NOW)));
	t.deepEqual(followPage(known, forked.page(2)), {refused: 'forked'});
	t.deepEqual(followPage(known, forked.page(1)), {refused: 'forked'});
	t.deepEqual(followPage(known, directory.page()), {log: known, fresh: []});
	t.deepEqual(followPage(known, {...directory.page(), count: 65}), {refused: 'full'});
	t.deepEqual(followPage(before, {...directory.page(1), count: 1}), {refused: 'malformed'});
});
