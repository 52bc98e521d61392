// Takes the pictures in media/ from the real programs, in real pseudo-terminals; with names, those alone.
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {play} from '../tools/media/play.ts';
import {pngOf} from '../tools/media/png.ts';
import {scenes} from '../tools/media/scenes.ts';

const folder = path.resolve(import.meta.dirname, '../media');
const wanted = process.argv.slice(2);

for (const scene of scenes.filter(({name}) => wanted.length === 0 || wanted.includes(name))) {
	const svg = await play(scene);
	await writeFile(path.join(folder, `${scene.name}.svg`), svg);
	if (scene.isFilm !== true) await writeFile(path.join(folder, `${scene.name}.png`), pngOf(svg));
	process.stdout.write(`media/${scene.name}\n`);
}
