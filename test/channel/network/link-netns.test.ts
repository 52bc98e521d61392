// A call from one machine to another over a real link, in both families: two network namespaces, where this machine allows it.
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';

const ENV = {PATH: '/usr/sbin:/usr/bin:/sbin:/bin'};
const CHILD = fileURLToPath(new URL('link-child.ts', import.meta.url));
const PREFIX = `simchat-link-${process.pid}`;
const ip = (...words: string[]) => execFileSync('ip', words, {env: ENV, stdio: ['ignore', 'pipe', 'ignore']});

function canMakeNetworks(): boolean {
	try {
		return process.platform === 'linux' && process.getuid?.() === 0 && ip('netns', 'list').length >= 0;
	} catch {
		return false;
	}
}

/** The kernel takes up to a second until it counts a link as one that works. */
function untilUp(place: string): void {
	for (let tries = 0; tries < 2000; tries++) {
		if (/state UP/.test(ip('-n', `${PREFIX}-${place}`, 'link', 'show', 'lan').toString())) return;
	}

	throw new Error('the link does not come up');
}

function start(t: ExecutionContext, place: string, role: string) {
	const command = [process.execPath, '--import=tsx', CHILD, role];
	const child = spawn('ip', ['netns', 'exec', `${PREFIX}-${place}`, ...command], {env: ENV});
	const ended = once(child, 'close');
	t.teardown(async () => {
		child.stdin.end();
		await ended;
	});
	const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
	return async (): Promise<Record<string, unknown>> => {
		const {value, done} = await lines.next();
		if (done === true) throw new Error('the process has ended');
		return JSON.parse(value) as Record<string, unknown>;
	};
}

test('a call is heard in IPv4 and IPv6, answered to the caller’s own socket, and written back to, without any router', async t => {
	if (!canMakeNetworks()) {
		t.log('left out: not root on Linux, or no ip');
		t.pass();
		return;
	}

	t.teardown(() => {
		for (const place of ['a', 'b']) ip('netns', 'del', `${PREFIX}-${place}`);
	});
	for (const place of ['a', 'b']) ip('netns', 'add', `${PREFIX}-${place}`);
	ip('-n', `${PREFIX}-a`, 'link', 'add', 'lan', 'type', 'veth', 'peer', 'name', 'lan', 'netns', `${PREFIX}-b`);
	for (const [place, host] of [
		['a', '192.168.77.1/24'],
		['b', '192.168.77.2/24'],
	] as const) {
		ip('netns', 'exec', `${PREFIX}-${place}`, 'sysctl', '-qw', 'net.ipv6.conf.lan.accept_dad=0');
		ip('-n', `${PREFIX}-${place}`, 'addr', 'add', host, 'dev', 'lan');
		ip('-n', `${PREFIX}-${place}`, 'link', 'set', 'lan', 'up');
	}

	for (const place of ['a', 'b']) untilUp(place);

	const hearer = start(t, 'a', 'hear');
	t.deepEqual(await hearer(), {ready: 2, errors: []});
	const caller = start(t, 'b', 'call');
	t.deepEqual(await caller(), {ready: 2, errors: []});
	const heard = [await hearer(), await hearer(), await hearer(), await hearer()];
	const texts = (key: string) =>
		heard.filter(each => key in each).map(each => `${String(each[key])} ${String(each['host'])}`);
	t.regex(texts('call').toSorted().join('\n'), /^call 192\.168\.77\.2\ncall fe80::[\da-f:]+%lan$/);
	t.regex(texts('own').toSorted().join('\n'), /^thanks 192\.168\.77\.2\nthanks fe80::[\da-f:]+$/);
});
