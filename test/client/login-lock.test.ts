import path from 'node:path';
import {readFileSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {LoginLock} from '../../source/client/login-lock.ts';
import {openProfile} from '../../source/client/profile.ts';
import {openSettings} from '../../source/client/profile-settings.ts';
import {errorOf} from '../../source/client/login-errors.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

async function device(t: ExecutionContext) {
	const profile = openProfile(path.join(temporaryFolder(t), 'profile'));
	t.teardown(() => profile.close());
	const at = {wall: 1000 * HOUR, elapsed: 7};
	const clock = {now: () => at.wall, elapsed: () => at.elapsed};
	return {
		at,
		file: path.join(profile.folder, 'settings.json'),
		settings: () => openSettings(profile),
		/** As a program finds it that has just begun. */
		started: () => new LoginLock(clock, openSettings(profile)),
		pass: (ms: number) => {
			at.wall += ms;
			at.elapsed += ms;
		},
	};
}

test('a server that asks for 65,535 s locks for a minute, and says so', async t => {
	const {at, started, pass} = await device(t);
	const lock = started();
	t.is(lock.until, undefined);
	lock.begin(65_535);
	t.is(lock.until, at.wall + 60 * SECOND);
	t.is(started().until, at.wall + 60 * SECOND, 'over a restart too');
	pass(60 * SECOND);
	t.is(lock.until, undefined);
	t.is(started().until, undefined);
	const alert = {reason: 'locked', triesLeft: 0, retryAfter: 65_535} as const;
	const error = errorOf({kind: 'refused', alert}, {host: 'h', port: 1});
	t.is(error.retryAfter, 60);
	t.regex(error.message, /try again in 60 s/);
});

test('a lock of hours that a former build wrote is a minute from the first start on, not from each', async t => {
	const {at, settings, started, pass, file} = await device(t);
	settings().setLockedUntil(at.wall + 18 * HOUR);
	t.is(started().until, at.wall + 60 * SECOND);
	pass(40 * SECOND);
	t.is(started().until, at.wall + 20 * SECOND);
	pass(20 * SECOND);
	t.is(started().until, undefined);
	t.is((JSON.parse(readFileSync(file, 'utf8')) as {lockedUntil: number}).lockedUntil, at.wall);
});

test('a clock that is set to another time makes no lock longer: the sooner end counts', async t => {
	const {at, started, pass} = await device(t);
	const lock = started();
	lock.begin(60);
	pass(10 * SECOND);
	at.wall -= HOUR;
	t.is(lock.until, at.wall + 50 * SECOND);
	t.is(started().until, at.wall + 60 * SECOND, 'a program that begins knows no better');
	pass(50 * SECOND);
	t.is(lock.until, undefined);
	lock.begin(60);
	at.wall += HOUR;
	t.is(lock.until, undefined);
});
