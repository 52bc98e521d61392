// Test values of devices: a log of two entries, a device that joins by a link, one that gets in by recovery words, and the frames that tell of both.
import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {entropyToMnemonic} from '@scure/bip39';
import {wordlist} from '@scure/bip39/wordlists/english.js';
import {sha256} from '../../source/crypto/hash.ts';
import {type IdentityKey, identityFromSeed} from '../../source/crypto/identity.ts';
import {expandLabel} from '../../source/crypto/kdf.ts';
import {
	type DeviceLog,
	deviceIdOf,
	extendLog,
	followEntry,
	foundLog,
	joinConsent,
	logEntryHash,
} from '../../source/protocol/devices/device-log.ts';
import {admissionBy, recoveryKey, removalBy} from '../../source/protocol/devices/recovery-key.ts';
import {startJoining} from '../../source/protocol/devices/link-joiner.ts';
import {consumeLinkRequest, createLinkOffer} from '../../source/protocol/devices/link-offer.ts';
import {formatDeviceLink} from '../../source/wire/device-link.ts';
import {encodeDeviceEntry} from '../../source/wire/messages/device-entry.ts';
import {
	encodeDevices,
	encodeExtendLog,
	encodeIntroduceDevice,
	encodeLog,
	encodeLogs,
	encodeOnlineDevices,
} from '../../source/wire/messages/devices.ts';
import {encodeLinkRequest} from '../../source/wire/messages/link-request.ts';
import {NOW, alice, serverKey} from './cast.ts';
import {recorder} from './entropy.ts';
import {type Value, section} from './sheet.ts';

/** Alice has a recovery key, and loses both devices: her new phone gets in by it. */
function recoveryValues(log: DeviceLog, first: IdentityKey): Value[] {
	const secret = sha256(Buffer.from('simchat1 test secret alice’s recovery key'));
	const recovery = recoveryKey(secret);
	const consent = joinConsent(recovery, log.name, log.foundingKey);
	const {publicKey: subject} = recovery;
	const made = encodeDeviceEntry(extendLog(log, first, {kind: 'add', subject, role: 'recovery', consent}, NOW + 3000));
	const armed = followEntry(log, made);
	assert(!('refused' in armed));
	const phoneSeed = sha256(Buffer.from('simchat1 test seed alice’s phone'));
	const admission = admissionBy(armed, recovery, identityFromSeed(phoneSeed), NOW + 4000);
	assert(admission !== undefined);
	const admitted = followEntry(armed, encodeDeviceEntry(admission));
	assert(!('refused' in admitted));
	const removal = removalBy(admitted, recovery, log.foundingKey, NOW + 5000);
	assert(removal !== undefined && !('refused' in followEntry(admitted, encodeDeviceEntry(removal))));
	return [
		['recovery secret', secret],
		['recovery words', entropyToMnemonic(secret, wordlist)],
		['seed of the recovery key', expandLabel(secret, 'recovery key', Buffer.alloc(0), 32)],
		['recovery key', subject],
		['add of the recovery key, by the first device', made],
		['alice’s phone, seed', phoneSeed],
		['add of the phone, by the recovery key', encodeDeviceEntry(admission)],
		['remove of the first device, by the recovery key', encodeDeviceEntry(removal)],
	];
}

/** Alice's first device founds her log and makes a link; her second device joins by it. */
export function devicesSection(): string {
	const draws = recorder('alice’s devices');
	const {name, identity: first} = alice;
	const seed = sha256(Buffer.from('simchat1 test seed alice’s laptop'));
	const laptop = identityFromSeed(seed);
	const found = encodeDeviceEntry(foundLog(first, name, NOW));
	const log = followEntry({name}, found);
	assert(!('refused' in log));
	const offer = createLinkOffer({name, foundingKey: first.publicKey}, 'device', NOW, draws.entropy.random);
	const secret = Buffer.from(offer.secret);
	const {request} = startJoining({...offer, secret}, laptop, 'Laptop', draws.entropy.random);
	const step = consumeLinkRequest(offer, request, log, first, NOW + 1000);
	assert(step.kind === 'extend');
	const added = encodeDeviceEntry(step.entry);
	assert(!('refused' in followEntry(log, added)));
	const removal = {kind: 'remove', subject: laptop.publicKey, role: 'device'} as const;
	const both = followEntry(log, added);
	assert(!('refused' in both));
	const id = deviceIdOf(laptop.publicKey);
	const link = {host: 'chat.example.org', port: 7406, serverKey: serverKey.publicKey, name};
	return section(
		'A.9 Devices',
		'Alice’s first device founds her log and makes a link, by which her laptop joins a second later. Two seconds after that she makes recovery words; when both devices are lost, her phone gets in by them.',
		[
			['alice’s laptop, seed', seed],
			['alice’s laptop, device key', laptop.publicKey],
			['its id', id],
			...draws.drawn('secret of the link', 'IV of the label'),
			['found', found],
			['its hash', log.head],
			['device link', formatDeviceLink({...link, foundingKey: first.publicKey, secret})],
			['consent', joinConsent(laptop, name, first.publicKey)],
			['MAC', request.mac],
			['label key', expandLabel(secret, 'link label', laptop.publicKey, 64)],
			['LINK_REQUEST: “Laptop”', encodeLinkRequest(request)],
			['add', added],
			['its hash', logEntryHash(step.entry)],
			['remove, by the laptop itself', encodeDeviceEntry(extendLog(both, laptop, removal, NOW + 2000))],
			['DEVICES 7: alice, from 1', encodeDevices({request: 7, name, from: 1})],
			['LOG 7: the second of two', encodeLog({request: 7, name, count: 2, entries: [added]})],
			['EXTEND_LOG 7: found', encodeExtendLog({request: 7, entry: found})],
			['LOGS: alice, 2', encodeLogs([{name, count: 2}])],
			['ONLINE_DEVICES: alice, her laptop as a keeper', encodeOnlineDevices([{name, devices: [{id, role: 'keeper'}]}])],
			['INTRODUCE_DEVICE 7: alice, her laptop', encodeIntroduceDevice({request: 7, name, time: NOW, device: id})],
			...recoveryValues(both, first),
		],
	);
}
