// A code is the matrix it was made of, two modules to a cell, with light around it.
import test from 'ava';
import {encode} from 'uqr';
import {qrRows} from '../../source/content/qr.ts';

const CELLS: Readonly<Record<string, readonly [upper: boolean, lower: boolean]>> = {
	' ': [false, false],
	'▀': [true, false],
	'▄': [false, true],
	'█': [true, true],
};

/** Modules by row, dark as true; each character twice as high as wide. */
function modulesOf(rows: readonly string[]): boolean[][] {
	return rows.flatMap(row => {
		const cells = Array.from(row, character => CELLS[character] ?? []);
		return [0, 1].map(half => cells.map(cell => cell[half] === true));
	});
}

for (const text of ['simchat', '0123456789'.repeat(6), 'https://example.org/ä?漢', 'x'.repeat(200)]) {
	test(`${text.slice(0, 30)} (${text.length})`, t => {
		const rows = qrRows(text);
		t.true(rows.every(row => /^[ ▀▄█]+$/.test(row)));
		const modules = modulesOf(rows);
		const {data, size} = encode(text, {border: 0, ecc: 'M'});
		const quiet = 4;
		t.true(modules.every(row => row.length === size + 2 * quiet));
		t.deepEqual(
			modules.slice(quiet, quiet + size).map(row => row.slice(quiet, quiet + size)),
			data,
		);
		t.is(modules.flat().filter(Boolean).length, data.flat().filter(Boolean).length, 'nothing dark around it');
	});
}
