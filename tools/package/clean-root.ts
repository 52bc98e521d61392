// A Debian with nothing but what each has, in a folder: programs run in it as on a machine of their own, without a network unless they install.
import {execFile} from 'node:child_process';
import {copyFile, cp, mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {has, works} from '../net/system-command.ts';

const run = promisify(execFile);
/** The oldest Debian on which the native module loads. */
const SUITE = 'bookworm';
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
/** Of a person who is nobody in particular. */
const PERSON = {id: 1000, home: '/home/person'} as const;
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const LIMITS = {timeout: 900_000, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024} as const;

/** What this machine lacks for such roots, in words. */
export function missingForRoots(): string[] {
	if (process.platform !== 'linux') return ['Linux'];
	const missing = process.getuid?.() === 0 ? [] : ['root'];
	for (const [program, debian] of [
		['debootstrap', 'debootstrap'],
		['ip', 'iproute2'],
		['dpkg-deb', 'dpkg'],
	] as const) {
		if (!has(program)) missing.push(`${program} (apt-get install ${debian})`);
	}

	if (missing.length === 0 && !works('unshare', '--mount', '--pid', '--net', '--fork', 'true'))
		missing.push('namespaces (unshare fails: a container may forbid it)');
	return missing;
}

/** Makes the folder that others are copied from. */
export async function makeBase(folder: string): Promise<void> {
	const mirror = await hostMirror();
	await run('debootstrap', ['--variant=minbase', SUITE, folder, ...(mirror === undefined ? [] : [mirror])], LIMITS);
}

export class CleanRoot {
	readonly folder: string;

	private constructor(folder: string) {
		this.folder = folder;
	}

	static async copy(base: string, folder: string): Promise<CleanRoot> {
		await run('cp', ['--archive', '--reflink=auto', base, folder], LIMITS);
		const root = new CleanRoot(folder);
		await mkdir(root.path(PERSON.home), {recursive: true});
		await run('chown', [`${PERSON.id}:${PERSON.id}`, root.path(PERSON.home)]);
		return root;
	}

	/** Where a path of the root is on this machine. */
	path(inside: string): string {
		return path.join(this.folder, inside);
	}

	/** With what this machine has to reach npm and Debian's packages. Output and errors, together. Throws when it fails. */
	async install(command: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
		await copyFile('/etc/resolv.conf', this.path('/etc/resolv.conf'));
		await mkdir(path.dirname(this.path(CERTIFICATES)), {recursive: true});
		await cp(CERTIFICATES, this.path(CERTIFICATES), {dereference: true});
		return this.#run(['--mount', '--pid'], 'root', command, {HOME: '/root', ...env});
	}

	/** Reads packages from where this machine does. */
	async useHostSources(): Promise<void> {
		const {stdout} = await run('apt-config', ['dump', 'Acquire']);
		await writeFile(this.path('/etc/apt/apt.conf.d/50host'), stdout);
		await run('sh', ['-c', `cp -r /etc/apt/sources.list* "${this.path('/etc/apt')}/"`]);
	}

	/** As a person, and with nothing but the loopback interface. Output and errors, together. Throws when it fails. */
	async use(command: string): Promise<string> {
		return this.#run(['--mount', '--pid', '--net'], `${PERSON.id}:${PERSON.id}`, command, {HOME: PERSON.home});
	}

	async #run(
		namespaces: readonly string[],
		user: string,
		command: string,
		env: Readonly<Record<string, string>>,
	): Promise<string> {
		// What is mounted is unmounted when the last process has ended, and none of them outlives the first.
		const words = [
			...namespaces,
			'--fork',
			'--kill-child',
			'sh',
			'-c',
			`mount -t proc proc "$1/proc"; ip link set lo up; exec chroot --userspec="$2" "$1" /bin/sh -c "$3"`,
			'sh',
			this.folder,
			user,
			`cd "$HOME"; ( ${command} ) 2>&1`,
		];
		try {
			const {stdout} = await run('unshare', words, {...LIMITS, env: {PATH, LC_ALL: 'C.UTF-8', ...env}});
			return stdout;
		} catch (error) {
			throw new Error((error as {stdout?: string}).stdout ?? String(error), {cause: error});
		}
	}
}

/** From where this machine has its packages; undefined when it is no Debian. */
async function hostMirror(): Promise<string | undefined> {
	if (!has('apt-get')) return undefined;
	const wanted = ['Created-By: Packages', 'Origin: Debian', 'Label: Debian'];
	const {stdout} = await run('apt-get', ['indextargets', '--format', '$(SITE)', ...wanted]);
	return stdout.split('\n').find(line => line !== '');
}
