// Where files are that were offered, on this disk, and how much of them is there.
import {type Buffer} from 'node:buffer';
import {type ConversationId} from '../conversation.ts';
import {type MessageName} from '../message.ts';
import {type FileRow, type FileState} from './file-row.ts';
import {type HistoryDatabase} from './database.ts';
import {codeOf, directionOf, idOf} from './message-row.ts';

type Row = {
	peer: ConversationId;
	direction: number;
	id: Buffer;
	path: string;
	stamp: string;
	leaves: number;
	state: FileState;
};

export class FileRows {
	readonly #get;
	readonly #put;
	readonly #remove;
	readonly #inState;

	constructor(database: HistoryDatabase) {
		this.#get = database.prepare<[string, number, Buffer], Row>(
			'SELECT * FROM files WHERE peer = ? AND direction = ? AND id = ?',
		);
		// Of a message that has gone meanwhile nothing is kept.
		this.#put = database.prepare(
			`INSERT OR REPLACE INTO files (peer, direction, id, path, stamp, leaves, state)
				SELECT :peer, :direction, :id, :path, :stamp, :leaves, :state
				WHERE EXISTS (SELECT 1 FROM messages WHERE peer = :peer AND direction = :direction AND id = :id AND deleted = 0)`,
		);
		this.#remove = database.prepare('DELETE FROM files WHERE peer = ? AND direction = ? AND id = ?');
		this.#inState = database.prepare<[string], Row>('SELECT * FROM files WHERE state = ?');
	}

	get(peer: ConversationId, {direction, id}: MessageName): FileRow | undefined {
		const row = this.#get.get(peer, codeOf(direction), idOf(id));
		return row && rowOf(row);
	}

	/** Adds or replaces it; false when the message is not there any more. */
	put({conversation: peer, message: {direction, id}, path, stamp, leaves, state}: FileRow): boolean {
		const row = {peer, direction: codeOf(direction), id: idOf(id), path, stamp, leaves, state};
		return this.#put.run(row).changes > 0;
	}

	remove(peer: ConversationId, {direction, id}: MessageName): void {
		this.#remove.run(peer, codeOf(direction), idOf(id));
	}

	inState(state: FileState): readonly FileRow[] {
		return this.#inState.all(state).map(row => rowOf(row));
	}
}

function rowOf({peer, direction, id, ...rest}: Row): FileRow {
	return {conversation: peer, message: {direction: directionOf(direction), id: id.toString('hex')}, ...rest};
}
