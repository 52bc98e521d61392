// Recovery: makes the words by which an account is recovered, and makes a profile a device of an account by them.
import {type Buffer} from 'node:buffer';
import {type RecoveryOutcome, recoverAccount} from '../channel/directory/recover-account.ts';
import {systemTimers} from '../channel/network/timer-port.ts';
import {intoSecret, wipe} from '../crypto/bytes.ts';
import {type Random, systemRandom} from '../crypto/random.ts';
import {type LogMember, joinConsent} from '../protocol/devices/device-log.ts';
import {RECOVERY_SECRET_SIZE, recoveryKey} from '../protocol/devices/recovery-key.ts';
import {addressText} from '../wire/address.ts';
import {ClientError} from '../os/errors.ts';
import {type DeviceProfile, furtherDevice} from './further-device.ts';
import {checkPassword, errorOf} from './login-errors.ts';
import {deviceIdText} from './own-log-changes.ts';
import {secretOf, wordsOf} from './recovery-words.ts';
import {type NewProfileOptions, refuseAccount, typedLink} from './sign-up.ts';
import {typedName} from './typed-name.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** For which account a recovery key is made; its founding key, 32 bytes. */
export type RecoveredAccount = {readonly name: string; readonly foundingKey: Buffer};

/** What goes into the log: the key, and its consent to stand there for that account. */
export type RecoveryConsent = {readonly key: Buffer; readonly consent: Buffer};

/** A device that may be lost: its id in hex, the role, and when it was added, ms. */
export type PerhapsLost = {readonly id: string; readonly role: 'device' | 'keeper'; readonly added: number};

/** What is typed to recover an account. */
export type RecoveryForm = {
	/** The join link of the server, with or without an invite. */
	readonly link: string;
	readonly name: string;
	readonly password: string;
	readonly words: string;
};

export type RecoveryChoice = {
	/** The ids of those that are lost, and are to be removed. Called once the words have been found right. */
	readonly askLost: (devices: readonly PerhapsLost[]) => Promise<readonly string[]>;
};

/** `isCut`: not all of the lost are removed. */
export type RecoveredProfile = DeviceProfile & {readonly isCut: boolean};

/** `asked`: the places, from 0, of the words that are asked back. */
export type NewRecovery = RecoveryConsent & {readonly words: readonly string[]; readonly asked: readonly number[]};

/** How many words are asked back. */
const ASKED = 2;

/** New words for the account, and what its log takes for them. The words are shown once, and nothing of them is kept. */
export async function newRecovery(
	{name, foundingKey}: RecoveredAccount,
	random: Random = systemRandom,
): Promise<NewRecovery> {
	const secret = intoSecret(random(RECOVERY_SECRET_SIZE));
	try {
		const key = recoveryKey(secret);
		const words = await wordsOf(secret);
		const asked = new Set<number>();
		while (asked.size < ASKED) asked.add(random(1).readUInt8() % words.length);
		const consent = joinConsent(key, name, foundingKey);
		return {words, asked: [...asked].toSorted((a, b) => a - b), key: key.publicKey, consent};
	} finally {
		wipe(secret);
	}
}

/** Throws ClientError, as AccountAccess.recover says. */
export async function recoverAsDevice(
	{link, name: typed, password, words}: RecoveryForm,
	options: NewProfileOptions & RecoveryChoice,
): Promise<RecoveredProfile> {
	const {askLost} = options;
	refuseAccount(options.account);
	const server = typedLink(link);
	const name = typedName(typed);
	checkPassword(password);
	const secret = await secretOf(words);
	const recovery = recoveryKey(secret);
	wipe(secret);
	const profile = await furtherDevice({name, server, password}, options, {
		// Pinned once the words were right.
		mayBeKnown: vault => vault.pin(name) !== undefined,
		refusal: outcome => errorOf(outcome, server),
		async enter(attempt, vault, mayBeIn) {
			const outcome = await recoverAccount({
				...attempt,
				recovery,
				timers: systemTimers,
				async onLog({foundingKey, living}) {
					const own = vault.identity.publicKey;
					const devices = [...living.values()].filter(({key, role}) => role !== 'recovery' && !key.equals(own));
					const lost = await askLost(devices.map(each => perhapsLost(each)));
					// The consent of the recovery key is for this founding key: it is as good as compared.
					vault.setPin(name, {identityKey: foundingKey, verified: true, suite: 0});
					mayBeIn(true);
					return devices.filter(({key}) => lost.includes(deviceIdText(key)));
				},
			});
			if (outcome.kind === 'recovered') return outcome;
			if (outcome.kind === 'not-held' || outcome.kind === 'refused') mayBeIn(false);
			throw whyNot(outcome, name, server);
		},
	});
	return {...profile, isCut: profile.entered?.isCut ?? true};
}

function perhapsLost({key, role, time}: LogMember): PerhapsLost {
	return {id: deviceIdText(key), role: role === 'keeper' ? role : 'device', added: time};
}

function whyNot(
	outcome: Exclude<RecoveryOutcome, {readonly kind: 'recovered'}>,
	name: string,
	server: {readonly host: string; readonly port: number},
): ClientError {
	const words = catalogue.recovery;
	const place = addressText(server);
	switch (outcome.kind) {
		case 'no-login':
			return errorOf(outcome.outcome, server);
		case 'not-held':
			return new ClientError('bad-words', words.notHeld(name, place));
		case 'refused': {
			const isFull = outcome.reason === 'full';
			return new ClientError('refused', isFull ? words.full : words.badLog(place, outcome.reason));
		}

		default:
			return new ClientError('unreachable', words.cut);
	}
}
