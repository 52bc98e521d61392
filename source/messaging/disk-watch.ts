// Writes to the disk, and shows when the disk refuses them.
import {ClientError} from '../os/errors.ts';
import {type Trace} from '../os/trace.ts';

export class DiskWatch {
	readonly #show: (refusal: ClientError | undefined) => void;
	readonly #trace: Trace;

	/** `show` is told why the disk refuses, and undefined once it does not any more. */
	constructor(show: (refusal: ClientError | undefined) => void, trace: Trace) {
		this.#show = show;
		this.#trace = trace;
	}

	/** For what must be on the disk. Throws what `work` throws; a refusal is shown until the next such work succeeds. */
	must<Result>(work: () => Result): Result {
		try {
			const result = work();
			this.#show(undefined);
			return result;
		} catch (error) {
			if (isRefusal(error)) this.#show(error);
			throw error;
		}
	}

	/** For what is done again after a restart, or comes again: undefined when the disk refuses it. */
	may<Result>(work: () => Result): Result | undefined {
		try {
			return work();
		} catch (error) {
			if (!isRefusal(error)) throw error;
			this.#show(error);
			this.#trace.caught('disk', 'write', error);
			return undefined;
		}
	}
}

function isRefusal(error: unknown): error is ClientError {
	return error instanceof ClientError && error.code === 'disk';
}
