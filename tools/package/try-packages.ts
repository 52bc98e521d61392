// Installs each package in a clean root, and uses it there.
import {execFile} from 'node:child_process';
import {copyFile, cp, mkdir, readdir, symlink} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import {has} from '../net/system-command.ts';
import {removeFolder} from '../temporary-folder.ts';
import {CleanRoot, makeBase} from './clean-root.ts';

const run = promisify(execFile);

export type TryOptions = {
	/** What `npm run package` has made. */
	readonly out: string;
	readonly version: string;
	readonly work: string;
	/** A root as debootstrap makes it; undefined to make one. */
	readonly base: string | undefined;
	readonly print: (line: string) => void;
};

type Trial = {readonly title: string; readonly install: (root: CleanRoot) => Promise<void>};

/** Whether each of them was right. Rejects when no root can be made. */
export async function tryPackages({out, version, work, base, print}: TryOptions): Promise<boolean> {
	const clean = base ?? path.join(work, 'base');
	if (base === undefined) await makeBase(clean);
	const trials: Trial[] = [
		{title: 'npm tarball on Node 24', install: async root => installTarball(root, '24', '11')},
		{title: 'npm tarball on Node 20', install: async root => installTarball(root, '20', '10')},
		{title: 'single file', install: installFile},
		{title: 'Debian package', install: installPackage},
	];
	let good = 0;
	for (const {title, install} of trials) {
		print(`\n${title}`);
		const root = await CleanRoot.copy(clean, path.join(work, 'root'));
		try {
			await install(root);
			await copyFile(path.join(import.meta.dirname, 'trial.sh'), root.path('/trial.sh'));
			say(await root.use(`sh /trial.sh ${version}`));
			if (title === 'Debian package') await removePackage(root);
			good++;
		} catch (error) {
			say(`it failed: ${error instanceof Error ? error.message : String(error)}`);
		} finally {
			removeFolder(root.folder);
		}
	}

	await judge();
	print(`\n${good} of ${trials.length} packages`);
	return good === trials.length;

	function say(words: string): void {
		for (const line of words.trimEnd().split('\n')) print(`  ${line}`);
	}

	/** As somebody has it who has this Node and the npm that came with it. */
	async function installTarball(root: CleanRoot, node: string, npm: string): Promise<void> {
		const packages = path.join(work, `node-${node}`);
		await mkdir(packages);
		const wanted = [`node-linux-${process.arch}@${node}`, `npm@${npm}`];
		await run('npm', ['pack', '--silent', '--pack-destination', packages, ...wanted]);
		for (const file of await readdir(packages)) {
			const folder = file.startsWith('npm-') ? 'npm' : 'node';
			const target = root.path(`/usr/local/lib/node_modules/${folder}`);
			await mkdir(target, {recursive: true});
			await run('tar', ['-xzf', path.join(packages, file), '-C', target, '--strip-components=1', '--no-same-owner']);
		}

		await cp(root.path('/usr/local/lib/node_modules/node/bin/node'), root.path('/usr/local/bin/node'));
		removeFolder(root.path('/usr/local/lib/node_modules/node'));
		await symlink('../lib/node_modules/npm/bin/npm-cli.js', root.path('/usr/local/bin/npm'));
		removeFolder(packages);
		const tarball = `simchat-${version}.tgz`;
		await copyFile(path.join(out, tarball), root.path(`/${tarball}`));
		const {stdout: registry} = await run('npm', ['config', 'get', 'registry']);
		const words = await root.install(`node --version && npm install --global /${tarball}`, {
			npm_config_registry: registry.trim(),
			npm_config_cafile: '/etc/ssl/certs/ca-certificates.crt',
			npm_config_update_notifier: 'false',
		});
		say(words);
		if (/\bwarn/i.test(words)) throw new Error('the install warned');
		say(await root.use('test -e /usr/local/share/man/man1/simchat.1 && echo "man page in /usr/local/share/man"'));
	}

	async function installFile(root: CleanRoot): Promise<void> {
		const file = root.path('/usr/local/bin/simchat');
		await copyFile(path.join(out, `simchat-${version}-linux-${process.arch}`), file);
		await symlink('simchat', root.path('/usr/local/bin/simchat-server'));
	}

	async function installPackage(root: CleanRoot): Promise<void> {
		const file = (await readdir(out)).find(name => name.endsWith(process.arch === 'x64' ? '_amd64.deb' : '_arm64.deb'));
		await copyFile(path.join(out, file!), root.path('/simchat.deb'));
		await root.useHostSources();
		await root.install('apt-get update && apt-get install --yes --no-install-recommends /simchat.deb', {
			DEBIAN_FRONTEND: 'noninteractive',
		});
		say(
			await root.use('id simchat-server && ls -l /usr/bin/simchat /usr/bin/simchat-server /etc/default/simchat-server'),
		);
	}

	async function removePackage(root: CleanRoot): Promise<void> {
		await root.install('apt-get purge --yes simchat', {DEBIAN_FRONTEND: 'noninteractive'});
		say(
			await root.use(
				'test ! -e /usr/lib/simchat && test ! -e /etc/default/simchat-server && echo "purged: nothing of it is left"',
			),
		);
	}

	/** What Debian's own tools say of the package and its service. */
	async function judge(): Promise<void> {
		const deb = (await readdir(out)).filter(name => name.endsWith('.deb')).map(name => path.join(out, name));
		print('\nlintian');
		if (has('lintian')) {
			const {stdout} = await run('lintian', ['--allow-root', '--tag-display-limit', '0', ...deb]).catch(
				(error: {stdout: string}) => error,
			);
			say(stdout.trim() || 'nothing to say');
		} else {
			say('not installed (apt-get install lintian)');
		}

		print('\nsystemd-analyze security');
		if (has('systemd-analyze')) {
			const unit = path.join(import.meta.dirname, 'debian/simchat-server.service');
			const {stdout} = await run('systemd-analyze', ['security', '--offline=yes', '--no-pager', unit]);
			say(stdout.trim().split('\n').at(-1) ?? '');
		} else {
			say('not installed (apt-get install systemd)');
		}
	}
}
