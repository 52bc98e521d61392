// The recovery key of the own account: which account it is made for, and how it gets into the device log.
import {type DirectoryConnection} from '../channel/directory/directory-connection.ts';
import {type IdentityKey} from '../crypto/identity.ts';
import {type Random} from '../crypto/random.ts';
import {extendLog} from '../protocol/devices/device-log.ts';
import {ClientError} from '../os/errors.ts';
import {type NewRecovery, type RecoveredAccount, type RecoveryConsent, newRecovery} from './account-recovery.ts';
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
export type RecoveryActs = Pick<OwnRecovery, 'account' | 'made' | 'create' | 'admit'>;

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
		const outcome = await directory.logs.extend(name, log => {
			if (!('count' in log) || log.living.has(subject.toString('hex'))) return undefined;
			return extendLog(log, identity, {kind: 'add', subject, role: 'recovery', consent}, serverTime());
		});
		const words = catalogue.recovery;
		if (outcome === 'offline') throw new ClientError('unreachable', words.offline);
		if (outcome === 'done') return;
		if ('retryAfter' in outcome) {
			throw new ClientError('refused', catalogue.account.tooManyChanges(outcome.retryAfter), outcome);
		}

		const {refused} = outcome;
		if (refused === 'full') throw new ClientError('refused', words.noRoom);
		throw new ClientError('refused', refused === 'signer-not-allowed' ? words.keeperMakesNone : words.notTaken);
	}
}
