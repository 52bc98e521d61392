import {chmodSync, mkdirSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {ClientError} from '../../source/os/errors.ts';
import {type Profile, defaultProfileFolder, openProfile} from '../../source/client/profile.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {runChild, source} from './children.ts';

/** Opens the folder and says how that went; then `after`. */
function opener(folder: string, after = ''): string {
	return `
		import {writeSync} from 'node:fs';
		import {openProfile} from '${source('client/profile.ts')}';
		try {
			openProfile(${JSON.stringify(folder)});
			writeSync(1, 'opened');
		} catch (error) {
			writeSync(1, error.code);
		}
		${after}
	`;
}

const staying = 'setInterval(() => {}, 1000);';

/** Before anything else in a process: it collects its garbage when asked to. */
const collecting = `
	import v8 from 'node:v8';
	import vm from 'node:vm';
	v8.setFlagsFromString('--expose-gc');
	const collect = vm.runInNewContext('gc');
`;

/** Why it is not opened; undefined when it is. */
function refusal(open: () => Profile): ClientError | undefined {
	try {
		open().close();
		return undefined;
	} catch (error) {
		if (error instanceof ClientError) return error;
		throw error;
	}
}

test('the folder is made for its owner alone, or made so', async t => {
	const folder = path.join(temporaryFolder(t), 'deep', 'profile');
	const profile = openProfile(folder);
	t.is(profile.folder, folder);
	t.is(statSync(folder).mode & 0o777, 0o700);
	t.deepEqual(readdirSync(folder), ['lock']);
	t.is(statSync(path.join(folder, 'lock')).mode & 0o777, 0o600);
	t.is(path.dirname(profile.vaultFile), folder);
	t.is(path.dirname(profile.historyFile), folder);
	profile.close();
	profile.close();
	chmodSync(folder, 0o755);
	openProfile(folder).close();
	t.is(statSync(folder).mode & 0o777, 0o700);
});

test('it is in the place of the system for such things unless somebody says otherwise', t => {
	t.true(path.isAbsolute(defaultProfileFolder()));
	t.is(path.basename(defaultProfileFolder()), 'simchat');
});

test('a second one in this process is refused, and the first keeps other processes out all the same', async t => {
	const folder = temporaryFolder(t);
	const profile = openProfile(folder);
	for (let time = 0; time < 2; time++) {
		const error = refusal(() => openProfile(folder));
		t.is(error?.code, 'profile-busy');
		t.true(error?.message.includes(folder));
		t.is((await runChild(opener(folder))).output, 'profile-busy');
	}

	profile.close();
	t.is((await runChild(opener(folder))).output, 'opened');
	openProfile(folder).close();
});

test('another process keeps it until it is killed', async t => {
	const folder = temporaryFolder(t);
	let seen: ClientError | undefined;
	const {signal} = await runChild(opener(folder, staying), {
		killWhen(output) {
			if (output !== 'opened') return false;
			seen = refusal(() => openProfile(folder));
			return true;
		},
	});
	t.is(signal, 'SIGKILL');
	t.is(seen?.code, 'profile-busy');
	openProfile(folder).close();
});

test('whoever forgets the profile it has opened keeps it, whatever garbage is collected', async t => {
	const folder = temporaryFolder(t);
	let seen: ClientError | undefined;
	await runChild(
		`${collecting}
		${opener(folder, staying)}
		setImmediate(() => {
			collect();
			writeSync(1, ', collected');
		});`,
		{
			killWhen(output) {
				if (output !== 'opened, collected') return false;
				seen = refusal(() => openProfile(folder));
				return true;
			},
		},
	);
	t.is(seen?.code, 'profile-busy');
});

test('a folder that cannot be one is named, with what to do', async t => {
	const directory = temporaryFolder(t);
	const file = path.join(directory, 'file');
	writeFileSync(file, 'precious');
	const locked = path.join(directory, 'locked');
	mkdirSync(path.join(locked, 'lock'), {recursive: true});
	for (const folder of [file, path.join(file, 'profile'), locked]) {
		const error = refusal(() => openProfile(folder));
		t.is(error?.code, 'profile-unwritable', folder);
		t.true(error?.message.includes(folder), error?.message);
		t.regex(error?.message ?? '', /--profile/);
	}

	t.is(statSync(file).size, 'precious'.length);
});
