// npm run package [-- --arch x64,arm64] [--try [--base FOLDER]]: puts what people install into out/: the npm tarball, the single file and the Debian
// package, with their hashes. With --try each is then installed and used in a clean root, for which FOLDER is one that debootstrap has made.
import {createHash} from 'node:crypto';
import {copyFile, mkdir, readFile, readdir, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import project from '../package.json' with {type: 'json'};
import {makeDebianPackage} from '../tools/package/debian-package.ts';
import {missingForRoots} from '../tools/package/clean-root.ts';
import {ARCHITECTURES, runtimeFor} from '../tools/package/runtime.ts';
import {makeSingleFile} from '../tools/package/single-file.ts';
import {tryPackages} from '../tools/package/try-packages.ts';
import {runCommand} from '../tools/run-command.ts';
import {scriptFlags, wrongFlags} from '../tools/script-flags.ts';
import {makeTemporaryFolder, removeFolder} from '../tools/temporary-folder.ts';

/** As sysexits.h has it: what this needs is not there. */
const UNAVAILABLE = 69;
const OUT = 'out';
const {version} = project;

const values = scriptFlags('package', {arch: {type: 'string'}, try: {type: 'boolean'}, base: {type: 'string'}});
const names = values.arch?.split(',') ?? [process.arch];
const architectures = ARCHITECTURES.filter(each => names.includes(each));
if (architectures.length !== names.length) {
	wrongFlags('package', `--arch takes some of ${ARCHITECTURES.join(',')}`);
}

const missing = values.try === true ? missingForRoots() : [];
if (missing.length > 0) {
	process.stderr.write(`package: --try needs ${missing.join('; ')}\n`);
	process.exit(UNAVAILABLE);
}

const work = makeTemporaryFolder();
try {
	await rm(OUT, {recursive: true, force: true});
	await mkdir(OUT);
	await must('npm', ['run', '--silent', 'build']);
	await must('npm', ['pack', '--silent', '--pack-destination', OUT]);
	await copyFile('dist/THIRD-PARTY-NOTICES.txt', path.join(OUT, 'THIRD-PARTY-NOTICES.txt'));
	for (const architecture of architectures) {
		const folder = path.join(work, architecture);
		await mkdir(folder);
		const runtime = await runtimeFor(architecture, folder);
		const file = path.join(OUT, `simchat-${version}-linux-${architecture}`);
		await makeSingleFile({architecture, runtime, dist: 'dist', work: folder, file});
		await makeDebianPackage({architecture, runtime, dist: 'dist', version, work: folder, folder: OUT});
		await writeFile(path.join(OUT, 'NODE-LICENSE.txt'), runtime.licence);
	}

	await writeFile(path.join(OUT, 'SHA256SUMS'), await hashes());
	process.stdout.write(await readFile(path.join(OUT, 'SHA256SUMS'), 'utf8'));
	if (values.try === true) {
		const isGood = await tryPackages({
			out: path.resolve(OUT),
			version,
			work,
			base: values.base,
			print: line => process.stdout.write(`${line}\n`),
		});
		process.exitCode = isGood ? 0 : 1;
	}
} finally {
	removeFolder(work);
}

async function must(command: string, args: readonly string[]): Promise<void> {
	if ((await runCommand(command, args)) !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}

/** As `sha256sum --check` reads them. */
async function hashes(): Promise<string> {
	const files = (await readdir(OUT)).toSorted();
	const lines = files.map(async file => {
		const digest = createHash('sha256').update(await readFile(path.join(OUT, file)));
		return `${digest.digest('hex')}  ${file}\n`;
	});
	return (await Promise.all(lines)).join('');
}
