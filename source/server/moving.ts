// Moves all that a store holds to another database, by way of a file: `export` and `import`.
import {once} from 'node:events';
import {closeSync, createReadStream, createWriteStream, fsyncSync, openSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {wipe} from '../crypto/bytes.ts';
import {systemRandom} from '../crypto/random.ts';
import {type MoveCommand} from './administration.ts';
import {SERVER_EXIT} from './server-exit-codes.ts';
import {type Outcome} from './manage.ts';
import {type StorePlace, openPlace} from './store/choose-store.ts';
import {type DirectoryStore} from './store/directory-store.ts';
import {type StoreRow, readRowLine, rowLine} from './store/store-rows.ts';

/** The first line, and the last, with how many rows lie between them: a file that was cut off is found out. */
const HEAD = {simchat: 'directory', version: 1};
/** Longer lines than any row makes. A file of others may have none that ends. */
const LINE_LIMIT = 64 * 1024;

/** Throws StoreError, and errors of the file system. */
export async function moveStore(command: MoveCommand, file: string, place: StorePlace): Promise<Outcome> {
	const store = await openPlace(place, systemRandom);
	try {
		return command === 'export' ? await exportTo(store, file) : await importFrom(store, file);
	} catch (error) {
		if (error instanceof MoveError) return {text: error.message, exitCode: SERVER_EXIT.data};
		throw error;
	} finally {
		await store.close();
		wipe(store.secrets.signingSeed, store.secrets.decoyKey);
	}
}

/** The file is not what `export` writes. */
class MoveError extends Error {
	override readonly name = 'MoveError';
}

/** Makes the file, for its owner alone; one that is there is left as it is. */
async function exportTo(store: DirectoryStore, file: string): Promise<Outcome> {
	const descriptor = openSync(file, 'wx', 0o600);
	const output = createWriteStream(file, {fd: descriptor, autoClose: false});
	let rows = 0;
	try {
		output.write(`${JSON.stringify(HEAD)}\n`);
		for await (const row of store.rows()) {
			rows++;
			if (!output.write(`${rowLine(row)}\n`)) await once(output, 'drain');
		}

		output.end(`${JSON.stringify({rows})}\n`);
		await once(output, 'finish');
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}

	const text = `${file} has ${rows} rows. It holds the keys of the server, and passwords can be guessed with it: guard it like the server, and remove it once it is imported`;
	return {text, exitCode: 0};
}

async function importFrom(store: DirectoryStore, file: string): Promise<Outcome> {
	const outcome = await store.fill(rowsIn(file));
	if (outcome === 'filled') {
		const text = `${await store.accountCount()} accounts are there. ${file} holds the keys of the server: remove it`;
		return {text, exitCode: 0};
	}

	const text =
		'there are accounts or invites already, and nothing was changed: import into an empty database, or a new directory';
	return {text, exitCode: SERVER_EXIT.cantCreate};
}

/** Throws MoveError, with the line at which the file is not what it should be. */
async function* rowsIn(file: string): AsyncIterable<StoreRow> {
	const input = createReadStream(file, 'utf8');
	let line = 0;
	let rows: number | undefined;
	const wrong = (why: string) => new MoveError(`line ${line} of ${file} ${why}: export it again; nothing was changed`);
	try {
		for await (const text of createInterface({input, crlfDelay: Number.POSITIVE_INFINITY})) {
			line++;
			if (line === 1 && text !== JSON.stringify(HEAD)) throw wrong('is not how an export of this version begins');
			if (line === 1) continue;
			if (rows !== undefined || text.length > LINE_LIMIT) throw wrong('does not belong there');
			const row = readRowLine(text);
			rows = row === undefined ? endOf(text) : undefined;
			if (row !== undefined) yield row;
			else if (rows !== line - 2) throw wrong('is no row');
		}

		if (rows === undefined) throw wrong('is not its end');
	} finally {
		input.destroy();
	}
}

/** How many rows lie before the last line. */
function endOf(text: string): number | undefined {
	const found = /^\{"rows":(\d{1,15})\}$/v.exec(text);
	return found === null ? undefined : Number(found[1]);
}
