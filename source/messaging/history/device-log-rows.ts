// The device logs that were followed: what the directory shows later has to go on from there.
import {type Buffer} from 'node:buffer';
import {type HistoryDatabase} from './database.ts';

type Row = {readonly name: string; readonly entry: Buffer};

export class DeviceLogRows {
	readonly #all;
	readonly #count;
	readonly #add;
	readonly #remove;

	constructor(database: HistoryDatabase) {
		this.#all = database.prepare<[], Row>('SELECT name, entry FROM device_logs ORDER BY name, place');
		this.#count = database.prepare<[string], number>('SELECT count(*) FROM device_logs WHERE name = ?').pluck();
		this.#add = database.prepare('INSERT INTO device_logs (name, place, entry) VALUES (?, ?, ?)');
		this.#remove = database.prepare('DELETE FROM device_logs WHERE name = ?');
	}

	all(): ReadonlyMap<string, readonly Buffer[]> {
		const logs = Map.groupBy(this.#all.all(), ({name}) => name);
		return new Map([...logs].map(([name, rows]) => [name, rows.map(({entry}) => entry)]));
	}

	add(name: string, entries: readonly Buffer[]): void {
		const count = this.#count.get(name)!;
		for (const [index, entry] of entries.entries()) this.#add.run(name, count + index, entry);
	}

	remove(name: string): void {
		this.#remove.run(name);
	}
}
