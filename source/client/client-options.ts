// What a client is opened with.
import {type ScryptParameters} from '../crypto/password.ts';
import {type KeeperPolicy} from '../messaging/keeper.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type Entropy} from '../protocol/entropy.ts';

export type ClientOptions = {
	/** Everything of one account is in this folder; made when missing. */
	readonly folder: string;
	readonly clock?: LocalClock;
	readonly entropy?: Entropy;
	/** A file that is told what goes no further (trace.ts). */
	readonly trace?: string | undefined;
	/** The UDP port from now on, 1–65535; without it the profile's own, or one that the kernel picks. */
	readonly port?: number | undefined;
	/** How new passwords are stretched. */
	readonly scrypt?: ScryptParameters;
	/** Of a device that is to be a keeper. */
	readonly keeper?: KeeperPolicy | undefined;
};
