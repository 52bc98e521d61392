// What everything that is open between sign-in and sign-off stands on.
import {type DirectoryConnectionOptions} from '../channel/directory/connection-options.ts';
import {type StretchedPassword} from '../channel/directory/stretched-password.ts';
import {type KeeperPolicy} from '../messaging/keeper.ts';
import {type ReplicatedHistory} from '../messaging/history/replica.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type Trace} from '../os/trace.ts';
import {type Entropy} from '../protocol/entropy.ts';
import {type Settings} from './profile-settings.ts';
import {type SnapshotStore} from './snapshot-store.ts';
import {type Vault} from './vault.ts';

export type SignedInOptions = {
	readonly name: string;
	readonly server: DirectoryConnectionOptions['server'];
	readonly settings: Settings;
	readonly vault: Vault;
	readonly history: ReplicatedHistory;
	readonly snapshots: SnapshotStore;
	readonly stretched: StretchedPassword;
	readonly clock: LocalClock;
	/** The UDP port that the person asked for. */
	readonly demandedPort: number | undefined;
	readonly entropy: Entropy;
	readonly trace: Trace;
	/** Of a device that is a keeper. */
	readonly keeper: KeeperPolicy | undefined;
	/** A login that stands already. */
	readonly first: DirectoryConnectionOptions['first'];
};
