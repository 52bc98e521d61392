// Who sends and takes the bytes of a channel, and what for.
import {type Buffer} from 'node:buffer';

/**
 * In which session something came: its number, and whether what is said to that device goes on it. The two sides may think otherwise for a while, so
 * that an answer goes where it was asked for.
 */
export type FilesFrom = {readonly session: number; readonly isSentOn: boolean};

export type ChannelUser = {
	/** Whether something waits that is worth a session. */
	readonly wanted: boolean;
	/** The id of 8 bytes of the device that something is wanted of: while it is online, a session with it is opened and sent on. */
	readonly wantedDevice?: Buffer | undefined;
	/** When `onTurn` is next due, on the elapsed clock. */
	readonly dueAt: number;
	/** Enqueue what waits, and do what is due. In each turn before its datagrams go, and once they have made room. */
	onTurn(): void;
	/** A turn is over: the path may be another one. */
	onTurnEnd(): void;
	/** Whole contents, once each, in the order of their session. */
	onContent(contents: readonly Buffer[]): void;
	/** Whole messages of files in the same way, from the device with this id of 8 bytes, in one of the sessions with it. */
	onFiles(messages: readonly Buffer[], peerId: Buffer, from: FilesFrom): void;
	/** Another session is sent on from here on. What the former one took may not have arrived. */
	onSession(): void;
	/** The session that was sent on has ended; a former one may still stand. What it took may not have arrived. */
	onSessionEnd(): void;
};
