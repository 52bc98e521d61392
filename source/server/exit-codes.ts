// Exit codes of sysexits.h, so that a script can tell what went wrong.
import {UsageError} from './arguments.ts';
import {ListenError} from './bind.ts';
import {StoreError} from './store/open.ts';

export const EXIT = {usage: 64, noUser: 67, unavailable: 69, cantCreate: 73, io: 74, config: 78} as const;

const storeExits = {
	unwritable: EXIT.cantCreate,
	shared: EXIT.cantCreate,
	busy: EXIT.unavailable,
	damaged: EXIT.config,
	newer: EXIT.config,
};

/** The exit code for an error that nobody caught. */
export function exitCodeOf(error: unknown): number {
	if (error instanceof UsageError) return EXIT.usage;
	if (error instanceof ListenError) return EXIT.unavailable;
	return error instanceof StoreError ? storeExits[error.code] : EXIT.io;
}
