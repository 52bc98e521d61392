// The Debian package: the program with its own Node, man pages, completions, and a service for the server.
import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {chmod, cp, mkdir, readFile, readdir, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import {gzipSync} from 'node:zlib';
import {MANUALS} from '../build/shared-files.ts';
import {SHELLS, type Shell, completionFile} from '../../source/usage/shell-completion.ts';
import {type Architecture, type Runtime} from './runtime.ts';

const OWN_FILES = path.join(import.meta.dirname, 'debian');
const DEBIAN_ARCHITECTURES = {x64: 'amd64', arm64: 'arm64'} as const;
/** Nobody's address, and nobody's ever (RFC 2606, section 2): the project has none, and who hands the package on sets theirs. */
const MAINTAINER = 'simchat maintainers <maintainers@simchat.invalid>';
const HOME = 'usr/lib/simchat';
/** What the package Node starts the scripts of bin/ with. */
const INTERPRETER = `#!/${HOME}/node`;
const COMPLETIONS: Readonly<Record<Shell, string>> = {
	bash: 'usr/share/bash-completion/completions',
	zsh: 'usr/share/zsh/vendor-completions',
	fish: 'usr/share/fish/vendor_completions.d',
};

export type DebianOptions = {
	readonly architecture: Architecture;
	readonly runtime: Runtime;
	/** As the build leaves it. */
	readonly dist: string;
	readonly version: string;
	/** An empty folder for what is made on the way. */
	readonly work: string;
	/** Where the package goes. */
	readonly folder: string;
};

type Contents = Omit<DebianOptions, 'work' | 'folder'>;

/** The path of the package. Call it from the root of the project. */
export async function makeDebianPackage(options: DebianOptions): Promise<string> {
	const {architecture, version, work, folder} = options;
	const root = path.join(work, 'root');
	await putPackage(root, options);
	const file = path.join(folder, `simchat_${version}_${DEBIAN_ARCHITECTURES[architecture]}.deb`);
	await promisify(execFile)('dpkg-deb', ['--root-owner-group', '-Zxz', '-z3', '--build', root, file]);
	return file;
}

/** What `dpkg-deb` makes the package from, in `root`. */
export async function putPackage(root: string, options: Contents): Promise<void> {
	await putProgram(root, options);
	await putShared(root, options);
	await putService(root);
	await putControl(root, options);
	await tidyModes(root);
}

async function putProgram(root: string, {architecture, runtime, dist, version}: Contents): Promise<void> {
	const home = path.join(root, HOME);
	await mkdir(path.join(home, 'dist/native'), {recursive: true});
	for (const name of await readdir(dist)) {
		if (/\.c?js$/.test(name)) await cp(path.join(dist, name), path.join(home, 'dist', name));
	}

	const native = `dist/native/linux-${architecture}.node`;
	await cp(path.join(dist, '..', native), path.join(home, native));
	await cp(runtime.node, path.join(home, 'node'));
	await put(path.join(home, 'package.json'), `${JSON.stringify({name: 'simchat', version, type: 'module'})}\n`);
	await mkdir(path.join(root, 'usr/bin'), {recursive: true});
	for (const name of ['launch.js', 'package.json', 'server-runtime.js', 'simchat.js', 'simchat-server.js']) {
		const text = await readFile(path.join('bin', name), 'utf8');
		await put(path.join(home, 'bin', name), text.replace('#!/usr/bin/env node', INTERPRETER));
	}

	for (const {program} of MANUALS) {
		await symlink(`../lib/simchat/bin/${program}.js`, path.join(root, 'usr/bin', program));
	}
}

async function putShared(root: string, {dist, version, runtime}: Contents): Promise<void> {
	const doc = path.join(root, 'usr/share/doc/simchat');
	for (const {program} of MANUALS) {
		const page = await readFile(path.join(dist, `share/man/${program}.1`));
		await put(path.join(root, `usr/share/man/man1/${program}.1.gz`), gzipSync(page, {level: 9}));
		for (const shell of SHELLS) {
			const name = completionFile(program, shell);
			const script = await readFile(path.join(dist, 'share/completions', shell, name));
			await put(path.join(root, COMPLETIONS[shell], name), script);
		}
	}

	const licences = await Promise.all([
		readFile('LICENSE', 'utf8'),
		readFile(path.join(dist, 'THIRD-PARTY-NOTICES.txt'), 'utf8'),
	]);
	licences.push(`Node.js, in /${HOME}/node\n\n${runtime.licence}`);
	await put(path.join(doc, 'copyright'), licences.join(`\n${'='.repeat(80)}\n\n`));
	const changes = `simchat (${version}) unstable; urgency=medium\n\n  * See CHANGELOG.md in the sources.\n\n -- ${MAINTAINER}  Thu, 01 Jan 1970 00:00:00 +0000\n`;
	await put(path.join(doc, 'changelog.gz'), gzipSync(changes, {level: 9}));
	await put(
		path.join(root, 'usr/share/lintian/overrides/simchat'),
		await readFile(path.join(OWN_FILES, 'lintian-overrides')),
	);
}

async function putService(root: string): Promise<void> {
	for (const [name, place] of [
		['simchat-server.service', 'lib/systemd/system/simchat-server.service'],
		['simchat-server@.service', 'lib/systemd/system/simchat-server@.service'],
		['simchat-keeper@.service', 'lib/systemd/system/simchat-keeper@.service'],
		['simchat-server.sysusers', 'usr/lib/sysusers.d/simchat-server.conf'],
		['simchat-server.default', 'etc/default/simchat-server'],
	] as const) {
		await put(path.join(root, place), await readFile(path.join(OWN_FILES, name)));
	}
}

async function putControl(root: string, {architecture, version}: Contents): Promise<void> {
	const control = `Package: simchat
Version: ${version}
Architecture: ${DEBIAN_ARCHITECTURES[architecture]}
Maintainer: ${MAINTAINER}
Section: net
Priority: optional
Depends: libc6 (>= 2.34), libgcc-s1, libstdc++6 (>= 9), init-system-helpers (>= 1.54~), systemd | systemd-standalone-sysusers | systemd-sysusers
Installed-Size: ${await sizeOf(root)}
Description: private talk in a terminal, encrypted from end to end
 A directory server keeps accounts, knows who is online and introduces clients
 to each other; the messages themselves go straight from terminal to terminal
 over UDP, encrypted from end to end, and never pass the server.
 .
 This package has the client, which is full-screen or a set of commands, and
 the server, which is not started unless it is enabled.
`;
	await put(path.join(root, 'DEBIAN/control'), control);
	await put(path.join(root, 'DEBIAN/md5sums'), await digests(root));
	await put(path.join(root, 'DEBIAN/conffiles'), '/etc/default/simchat-server\n');
	for (const name of ['postinst', 'prerm', 'postrm']) {
		await put(path.join(root, 'DEBIAN', name), await readFile(path.join(OWN_FILES, name)));
	}
}

/** Of all files but those of DEBIAN/ and the conffile, as dpkg checks them. */
async function digests(root: string): Promise<string> {
	const files = await readdir(root, {recursive: true, withFileTypes: true});
	const lines = files
		.filter(entry => entry.isFile() && !/\/(?:DEBIAN|etc)\b/.test(entry.parentPath.slice(root.length)))
		.map(async ({parentPath, name}) => {
			const file = path.join(parentPath, name);
			const digest = createHash('md5').update(await readFile(file));
			return `${digest.digest('hex')}  ${path.relative(root, file)}\n`;
		});
	return (await Promise.all(lines)).toSorted().join('');
}

/** KiB. */
async function sizeOf(folder: string): Promise<number> {
	const {stdout} = await promisify(execFile)('du', ['-sk', '--apparent-size', folder]);
	return Number.parseInt(stdout, 10);
}

/** Whatever the umask was. */
async function tidyModes(root: string): Promise<void> {
	await chmod(root, 0o755);
	for (const entry of await readdir(root, {recursive: true, withFileTypes: true})) {
		const file = path.join(entry.parentPath, entry.name);
		if (entry.isSymbolicLink()) continue;
		const isProgram =
			entry.isDirectory() ||
			entry.name === 'node' ||
			/^(?:postinst|prerm|postrm)$/.test(entry.name) ||
			MANUALS.some(({program}) => entry.name === `${program}.js`);
		await chmod(file, isProgram ? 0o755 : 0o644);
	}
}

async function put(file: string, contents: string | Uint8Array): Promise<void> {
	await mkdir(path.dirname(file), {recursive: true});
	await writeFile(file, contents);
}
