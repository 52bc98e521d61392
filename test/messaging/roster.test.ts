import {Buffer} from 'node:buffer';
import {mkdirSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {SnapshotStore} from '../../source/client/snapshot-store.ts';
import {ClientError} from '../../source/os/errors.ts';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {openProfile} from '../../source/client/profile.ts';
import {talkWith} from '../../source/messaging/conversation.ts';
import {Roster} from '../../source/messaging/roster.ts';
import {createVault, openVault} from '../../source/client/vault.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {safetyNumber} from '../../source/crypto/safety-number.ts';
import {type Established} from '../../source/protocol/session/established.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {quickScrypt} from '../twins/people.ts';

const self = {name: 'alice', identityKey: Buffer.alloc(32, 1)};
const first = Buffer.alloc(32, 2);
const second = Buffer.alloc(32, 3);
const third = Buffer.alloc(32, 4);

async function newRoster(t: ExecutionContext) {
	const profile = openProfile(temporaryFolder(t));
	const dataKey = systemRandom(32);
	const history = openHistory(profile.historyFile, Buffer.from(dataKey));
	const vault = await createVault(profile.vaultFile, 'correct horse', {
		seed: systemRandom(32),
		dataKey,
		entropy: systemEntropy,
		scrypt: quickScrypt,
	});
	const snapshots = new SnapshotStore();
	const devices = {admits: () => false, foundingKey: () => undefined};
	const roster = new Roster(self, history, vault, devices, snapshots);
	t.teardown(() => {
		vault.close();
		history.close();
		profile.close();
	});
	/** What another roster of the same profile shows. */
	const again = async () => {
		const reopened = await openVault(profile.vaultFile, 'correct horse', systemEntropy);
		t.teardown(() => reopened.close());
		const shown = new SnapshotStore();
		const other = new Roster(self, history, reopened, devices, shown);
		other.load();
		return {roster: other, vault: reopened, snapshots: shown};
	};

	return {profile, vault, history, snapshots, roster, again};
}

/** A session with `name` that has proven this key. */
function session(name: string, identityKey: Buffer, suite = 1): Established {
	return {
		role: 'initiator',
		local: {name: self.name, identity: {publicKey: self.identityKey, privateKey: undefined as never}},
		peer: {name, identityKey},
		localIndex: 1,
		remoteIndex: 2,
		suite,
		sid: Buffer.alloc(32),
		root: Buffer.alloc(32),
	};
}

test('people are taken into the list, blocked and taken off it, here and after a restart', async t => {
	const {roster, snapshots, again} = await newRoster(t);
	for (const name of ['zoe', 'bob', 'ann']) roster.add(name, 5);
	roster.block('bob', true, 6);
	roster.add('bob', 7);
	t.true(roster.isBlocked('bob'), 'adding somebody again changes nothing');
	roster.block('eve', true, 8);
	roster.remove('zoe');
	roster.remove('nobody');
	roster.block('ann', false, 9);
	for (const each of [{roster, snapshots}, await again()]) {
		t.deepEqual(
			each.snapshots.snapshot().contacts.map(({name, blocked}) => [name, blocked]),
			[
				['ann', false],
				['bob', true],
				['eve', true],
			],
		);
		t.true(each.roster.has('bob'));
		t.false(each.roster.has('zoe'));
		t.false(each.roster.isBlocked('zoe'));
	}

	roster.block('bob', false, 10);
	t.false(roster.isBlocked('bob'));
});

test('a blocked stranger does not read as a request any more, here and after a restart; unblocked they do', async t => {
	const {roster, snapshots, again} = await newRoster(t);
	roster.add('eve', 1, true);
	t.true(snapshots.contact('eve')?.request);
	roster.block('eve', true, 2);
	t.is(snapshots.contact('eve')?.request, undefined);
	t.is((await again()).snapshots.contact('eve')?.request, undefined);
	t.true(roster.isRequest('eve'), 'nobody has accepted them');
	roster.block('eve', false, 3);
	t.true(snapshots.contact('eve')?.request);
});

test('the first key is pinned; another one stops it, and does not take its place', async t => {
	const {roster, snapshots, vault, again} = await newRoster(t);
	roster.add('bob', 1);
	t.is(snapshots.contact('bob')?.identity, 'unknown');
	t.is(vault.pin('bob'), undefined);
	t.true(roster.meet(session('bob', first)));
	t.true(roster.meet(session('bob', Buffer.from(first))));
	t.is(snapshots.contact('bob')?.identity, 'pinned');
	t.false(roster.meet(session('bob', second)));
	t.is(snapshots.contact('bob')?.identity, 'changed');
	t.deepEqual(vault.pin('bob')?.identityKey, first);
	t.false(roster.meet(session('bob', third)));
	t.deepEqual(vault.pin('bob')?.changedTo, third, 'the latest claim is the one to decide on');
	const later = await again();
	t.is(later.snapshots.contact('bob')?.identity, 'changed');
	t.deepEqual(later.vault.pin('bob')?.identityKey, first);
	t.false(later.roster.meet(session('bob', third)));
});

test('the directory’s word alone changes no pin, and says nothing of who was never met', async t => {
	const {roster, vault} = await newRoster(t);
	roster.claimed('bob', second);
	t.is(roster.identity('bob'), 'unknown');
	roster.meet(session('bob', first));
	roster.verify('bob');
	roster.claimed('bob', first);
	t.is(roster.identity('bob'), 'verified');
	roster.claimed('bob', second);
	t.is(roster.identity('bob'), 'changed');
	t.deepEqual(vault.pin('bob')?.identityKey, first);
	t.true(roster.meet(session('bob', first)), 'the pinned key speaks again');
	t.is(roster.identity('bob'), 'verified');
});

test('verified means compared: of a key as it is, or of the one that took its place', async t => {
	const {roster, vault, again} = await newRoster(t);
	for (const act of [() => roster.verify('bob'), () => roster.trust('bob')]) {
		t.is(t.throws(act, {instanceOf: ClientError})?.code, 'unknown-contact');
	}

	roster.meet(session('bob', first));
	roster.trust('bob');
	t.is(roster.identity('bob'), 'pinned', 'nothing was compared');
	roster.verify('bob');
	roster.trust('bob');
	t.is(roster.identity('bob'), 'verified', 'there was nothing to take');
	roster.claimed('bob', second);
	roster.trust('bob');
	t.is(roster.identity('bob'), 'pinned', 'another key was taken unseen');
	t.deepEqual(vault.pin('bob')?.identityKey, second);
	roster.claimed('bob', third);
	roster.verify('bob');
	t.is(roster.identity('bob'), 'verified');
	t.deepEqual((await again()).vault.pin('bob')?.identityKey, third);
	t.is((await again()).roster.identity('bob'), 'verified');
});

test('who is taken off the list does not come back as somebody else unseen', async t => {
	const {roster, snapshots} = await newRoster(t);
	roster.add('bob', 1);
	roster.meet(session('bob', first));
	roster.remove('bob');
	t.is(snapshots.contact('bob'), undefined);
	t.false(roster.meet(session('bob', second)));
	roster.add('bob', 2);
	t.is(snapshots.contact('bob')?.identity, 'changed');
});

test('the highest suite that was used with somebody is remembered, after a restart too, and no lower one stands', async t => {
	const {roster, vault, again} = await newRoster(t);
	for (const [suite, stands, highest] of [
		[1, true, 1],
		[2, true, 2],
		[1, false, 2],
	] as const) {
		t.is(roster.meet(session('bob', first, suite)), stands);
		t.is(vault.pin('bob')?.suite, highest);
	}

	roster.verify('bob');
	roster.claimed('bob', second);
	t.false(roster.meet(session('bob', first, 1)));
	t.is((await again()).vault.pin('bob')?.suite, 2);
	roster.verify('bob');
	t.true(roster.meet(session('bob', second, 1)), 'another key is of another device: it begins anew');
});

test('a safety number is that of the key in question, and the same on the other side', async t => {
	const {roster} = await newRoster(t);
	t.is(roster.safetyNumber('bob'), undefined);
	roster.meet(session('bob', first));
	const bob = {name: 'bob', identityKey: first};
	t.is(roster.safetyNumber('bob'), safetyNumber(bob, self));
	roster.claimed('bob', second);
	t.is(roster.safetyNumber('bob'), safetyNumber(self, {...bob, identityKey: second}));
});

test('a key that cannot be written down is not pinned', async t => {
	const {roster, snapshots, profile} = await newRoster(t);
	roster.add('bob', 1);
	mkdirSync(`${profile.vaultFile}.new`);
	t.is(t.throws(() => roster.meet(session('bob', first)), {instanceOf: ClientError})?.code, 'disk');
	t.is(roster.identity('bob'), 'unknown');
	t.is(snapshots.contact('bob')?.identity, 'unknown');
});

test('who is muted is shown, whichever device has set it, and after a restart', async t => {
	const {history, roster, snapshots, again} = await newRoster(t);
	const isMuted = (shown = snapshots) => shown.contact('bob')?.muted === true;
	roster.add('bob', 1);
	t.false(isMuted());
	history.remember('mute', 'yes', talkWith('bob'));
	roster.mutedChanged('bob');
	t.true(isMuted());
	roster.setNickname('bob', 'Bobby');
	t.true(isMuted());
	t.true(isMuted((await again()).snapshots));
	// As another device has it: nothing else has changed.
	history.remember('mute', undefined, talkWith('bob'));
	roster.reload();
	t.false(isMuted());
	roster.mutedChanged('nobody');
	t.is(snapshots.contact('nobody'), undefined);
});
