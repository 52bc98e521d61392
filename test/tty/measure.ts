// Run in a terminal: has it say how many cells it gives to each code point of a text, and writes them to a file as JSON.
import {renameSync, writeFileSync} from 'node:fs';
import process from 'node:process';

const [file = '', text = ''] = process.argv.slice(2);
const points = Array.from(new Set(text));
let answers = '';
process.stdin.setRawMode(true);
process.stdin.on('data', bytes => {
	answers += bytes.toString('latin1');
	const columns = Array.from(answers.matchAll(/\[\d+;(\d+)R/g), ([, column]) => Number(column));
	if (columns.length < points.length) return;
	const cells = points.map((point, index) => [point, (columns[index] ?? 0) - 1]);
	writeFileSync(`${file}.new`, JSON.stringify(cells));
	renameSync(`${file}.new`, file);
	process.exit();
});
process.stdout.write(points.map(point => `\u001B[2;1H\u001B[2K${point}\u001B[6n`).join(''));
