// The recovery keys of the own account: for which account they are made, how one gets into the device log, and how it gets out again.
import {type DirectoryConnection} from '../channel/directory/directory-connection.ts';
import {wipe} from '../crypto/bytes.ts';
import {type IdentityKey} from '../crypto/identity.ts';
import {type Random} from '../crypto/random.ts';
import {extendLog} from '../protocol/devices/device-log.ts';
import {recoveryKey} from '../protocol/devices/recovery-key.ts';
import {ClientError} from '../os/errors.ts';
import {type NewRecovery, type RecoveredAccount, type RecoveryConsent, newRecovery} from './account-recovery.ts';
import {changeOwnLog} from './own-log-changes.ts';
import {secretOf} from './recovery-words.ts';
import {catalogue} from '../catalogue/catalogue.ts';

export type OwnRecoveryPorts = {
	readonly name: string;
	readonly identity: IdentityKey;
	readonly directory: Pick<DirectoryConnection, 'logs'>;
	readonly random: Random;
	/** Server time, ms. */
	readonly serverTime: () => number;
};

/** What a person does about it. */
export type RecoveryActs = Pick<OwnRecovery, 'account' | 'made' | 'create' | 'admit' | 'remove'>;

export class OwnRecovery {
	readonly #ports: OwnRecoveryPorts;

	constructor(ports: OwnRecoveryPorts) {
		this.#ports = ports;
	}

	/** Undefined while the directory has not shown the device log. */
	get account(): RecoveredAccount | undefined {
		const {name, directory} = this.#ports;
		const log = directory.logs.log(name);
		return log && {name, foundingKey: log.foundingKey};
	}

	/** When each recovery key that stands in the log was added, ms. */
	get made(): readonly number[] {
		const {name, directory} = this.#ports;
		const members = [...(directory.logs.log(name)?.living.values() ?? [])];
		return members.filter(({role}) => role === 'recovery').map(({time}) => time);
	}

	/** New words, to be shown and asked back before their key is admitted. Throws ClientError 'unreachable'. */
	async create(): Promise<NewRecovery> {
		const {account} = this;
		if (account === undefined) throw new ClientError('unreachable', catalogue.recovery.offline);
		return newRecovery(account, this.#ports.random);
	}

	/** Puts a recovery key into the device log; on the directory's disk when it resolves. Throws ClientError: unreachable, refused. */
	async admit({key: subject, consent}: RecoveryConsent): Promise<void> {
		const {name, identity, directory, serverTime} = this.#ports;
		const words = catalogue.recovery;
		const sign: Parameters<typeof changeOwnLog>[2] = log =>
			log.living.has(subject.toString('hex'))
				? undefined
				: extendLog(log, identity, {kind: 'add', subject, role: 'recovery', consent}, serverTime());
		await changeOwnLog(directory, name, sign, why => {
			if (why === 'full') return new ClientError('refused', words.noRoom);
			return new ClientError('refused', why === 'signer-not-allowed' ? words.keeperMakesNone : words.notTaken);
		});
	}

	/**
	 * Takes recovery words away, which they alone can: nobody gets in by them any more. `typed`: the words. On the directory's disk when it
	 * resolves. Throws ClientError: bad-words, unreachable, refused.
	 */
	async remove(typed: string): Promise<void> {
		const {name, directory, serverTime} = this.#ports;
		const words = catalogue.recovery;
		const secret = await secretOf(typed);
		const key = recoveryKey(secret);
		wipe(secret);
		const subject = key.publicKey;
		let isKnown = false;
		const sign: Parameters<typeof changeOwnLog>[2] = log => {
			if (log.living.get(subject.toString('hex'))?.role !== 'recovery') return undefined;
			isKnown = true;
			return extendLog(log, key, {kind: 'remove', subject, role: 'recovery'}, serverTime());
		};

		await changeOwnLog(directory, name, sign, () => new ClientError('refused', words.notRemoved));
		if (!isKnown) throw new ClientError('bad-words', words.notOfThisAccount(name));
	}
}
