// Exit codes as in sysexits.h, so that a script can tell what went wrong.
import {ListenError} from './bind-sockets.ts';
import {UsageError} from './server-arguments.ts';
import {StoreError} from './store/open-store.ts';

export const SERVER_EXIT = {
	usage: 64,
	data: 65,
	noUser: 67,
	unavailable: 69,
	cantCreate: 73,
	io: 74,
	config: 78,
} as const;

const storeExits = {
	unwritable: SERVER_EXIT.cantCreate,
	shared: SERVER_EXIT.cantCreate,
	busy: SERVER_EXIT.unavailable,
	damaged: SERVER_EXIT.config,
	newer: SERVER_EXIT.config,
	unreachable: SERVER_EXIT.unavailable,
};

/** The exit code for an error that was not handled. */
export function exitCodeOf(error: unknown): number {
	if (error instanceof UsageError) return SERVER_EXIT.usage;
	if (error instanceof ListenError) return SERVER_EXIT.unavailable;
	return error instanceof StoreError ? storeExits[error.code] : SERVER_EXIT.io;
}
