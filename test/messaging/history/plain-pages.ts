// The encrypted file as whoever has its key sees it, byte for byte: free pages and the journal too.
import {Buffer} from 'node:buffer';
import {createDecipheriv} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import {PAGE, isGenuine, macKey} from '../../../source/messaging/history/pages.ts';

/** A journal's header, and that of each of its pages (file format of SQLite, §4.1). */
const WAL = {header: 32, frame: 24};

/** All pages in clear; throws for one that the cipher does not vouch for. */
export function plainPages(file: string, dataKey: Buffer): Buffer {
	const bytes = readFileSync(file);
	const mac = macKey(dataKey, bytes.subarray(0, PAGE.salt));
	const plain: Buffer[] = [];
	const add = (page: Buffer, number: number) => {
		if (!isGenuine(page, number, mac)) throw new Error(`page ${number} is not what the cipher wrote`);
		const end = PAGE.size - PAGE.mac;
		const cipher = createDecipheriv('aes-256-cbc', dataKey, page.subarray(end - PAGE.iv, end)).setAutoPadding(false);
		const sealed = page.subarray(number === 1 ? PAGE.clear : 0, end - PAGE.iv);
		// The half block that is left of the first page ends the list of tables, and has no words of people.
		plain.push(cipher.update(sealed.subarray(0, sealed.length - (sealed.length % 16))), cipher.final());
	};

	for (let number = 1; number <= bytes.length / PAGE.size; number++) {
		add(bytes.subarray((number - 1) * PAGE.size, number * PAGE.size), number);
	}

	const journal = existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : Buffer.alloc(0);
	for (let at = WAL.header; at < journal.length; at += WAL.frame + PAGE.size) {
		add(journal.subarray(at + WAL.frame, at + WAL.frame + PAGE.size), journal.readUInt32BE(at));
	}

	return Buffer.concat(plain);
}
