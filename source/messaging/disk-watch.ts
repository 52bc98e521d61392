// Writes to the disk, and shows in the snapshot when the disk refuses them.
import {type SnapshotStore} from '../client/snapshot-store.ts';
import {ClientError} from '../os/errors.ts';
import {type Trace} from '../os/trace.ts';

export class DiskWatch {
	readonly #snapshots: SnapshotStore;
	readonly #trace: Trace;

	constructor(snapshots: SnapshotStore, trace: Trace) {
		this.#snapshots = snapshots;
		this.#trace = trace;
	}

	/** For what must be on the disk. Throws what `work` throws; a refusal is shown until the next such work succeeds. */
	must<Result>(work: () => Result): Result {
		try {
			const result = work();
			this.#snapshots.disk = undefined;
			return result;
		} catch (error) {
			if (isRefusal(error)) this.#snapshots.disk = error.message;
			throw error;
		}
	}

	/** For what is done again after a restart, or comes again: undefined when the disk refuses it. */
	may<Result>(work: () => Result): Result | undefined {
		try {
			return work();
		} catch (error) {
			if (!isRefusal(error)) throw error;
			this.#snapshots.disk = error.message;
			this.#trace.caught('disk', 'write', error);
			return undefined;
		}
	}
}

function isRefusal(error: unknown): error is ClientError {
	return error instanceof ClientError && error.code === 'disk';
}
