// The files that this device gives and takes, as its account and its settings have it.
import {homedir} from 'node:os';
import process from 'node:process';
import {type Conversations} from '../messaging/conversations.ts';
import {type DiskWatch} from '../messaging/disk-watch.ts';
import {FileTransfers} from '../messaging/files/file-transfers.ts';
import {type MessageOutbox} from '../messaging/message-outbox.ts';
import {downloadFolder} from '../os/download-folder.ts';
import {deviceIdOf} from '../protocol/devices/device-log.ts';
import {type SignedInOptions} from './signed-in-options.ts';

const MEGABYTE = 1_000_000;

export type OwnFilesOptions = Pick<SignedInOptions, 'vault' | 'history' | 'settings' | 'snapshots' | 'clock'> & {
	readonly conversations: Conversations;
	readonly outbox: MessageOutbox;
	readonly disk: DiskWatch;
	/** There is something to say to the devices of an account. */
	readonly wake: (account: string) => void;
};

export function ownFiles(options: OwnFilesOptions): FileTransfers {
	const {vault, history, settings, snapshots, clock, conversations, outbox, disk, wake} = options;
	return new FileTransfers({
		self: deviceIdOf(vault.identity.publicKey),
		history,
		message: (conversation, message) => conversations.message(conversation, message),
		send: (conversation, file, id) => outbox.send(conversation, file.name, {file, id}),
		answer: (conversation, target, value) => outbox.act(conversation, {kind: 'file', target, value}),
		wake,
		// The settings may have changed with each file.
		folder: () => settings.preferences.downloads || downloadFolder(homedir(), process.env),
		limit: () => settings.preferences.fileLimit * MEGABYTE || Number.POSITIVE_INFINITY,
		elapsed: clock.elapsed,
		may: work => disk.may(work),
		show: transfer => snapshots.showTransfer(transfer),
	});
}
