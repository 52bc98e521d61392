// The mapping at a real router, miniupnpd: a stranger gets in through a NAT that changes every port, and does not when it is taken back.
import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';

/** Not one for documentation: miniupnpd knows those. Nothing here leaves this machine. */
const OUTSIDE = '5.5.5.20';
const RESERVED = '203.0.113.20';
const CHILD = fileURLToPath(new URL('mapping-child.ts', import.meta.url));

/** The system's own programs alone: a package here has an `nft` of its own. */
const ENV = {PATH: '/usr/sbin:/usr/bin:/sbin:/bin'};

/** Undefined when all is there. */
function whatIsMissing(): string | undefined {
	if (process.platform !== 'linux') return 'not Linux';
	if (process.getuid?.() !== 0) return 'not root';
	try {
		execFileSync('sh', ['-c', 'command -v ip && command -v nft && command -v miniupnpd'], {env: ENV});
		execFileSync('ip', ['netns', 'list'], {env: ENV});
		return undefined;
	} catch {
		return 'no ip, nft or miniupnpd';
	}
}

/** A home: a client behind a router, and somebody outside. Removed at the end, with what runs there. */
class Home {
	readonly #prefix: string;
	readonly #folder: string;

	constructor(t: ExecutionContext, name: string, outside: string) {
		this.#prefix = `simchat-map-${process.pid}-${name}`;
		this.#folder = temporaryFolder(t);
		t.teardown(() => {
			for (const place of ['router', 'client', 'world']) this.#tryOutside('ip', 'netns', 'del', this.#ns(place));
		});
		for (const place of ['router', 'client', 'world']) {
			execFileSync('ip', ['netns', 'add', this.#ns(place)], {env: ENV});
			this.run(place, 'ip link set lo up');
		}

		this.#link('wan', 'world', `${outside.replace(/\.\d+$/, '.10')}/24`, `${outside}/24`);
		this.#link('lan', 'client', '192.168.77.2/24', '192.168.77.1/24');
		this.run('client', 'ip route add default via 192.168.77.1');
		this.run('router', 'sysctl -qw net.ipv4.ip_forward=1');
		this.run('router', `nft -f ${this.#file('rules', RULES)}`);
	}

	/** What it prints. */
	run(place: string, command: string): string {
		return execFileSync('ip', ['netns', 'exec', this.#ns(place), ...command.split(' ')], {env: ENV}).toString();
	}

	start(t: ExecutionContext, place: string, command: readonly string[]): ChildProcess {
		const child = spawn('ip', ['netns', 'exec', this.#ns(place), ...command], {env: ENV});
		const ended = once(child, 'close');
		t.teardown(async () => {
			child.kill('SIGKILL');
			await ended;
		});
		return child;
	}

	/** Once it listens. */
	async startRouter(t: ExecutionContext): Promise<void> {
		const pidFile = path.join(this.#folder, 'pid');
		const daemon = this.start(t, 'router', ['miniupnpd', '-d', '-f', this.#file('conf', CONF), '-P', pidFile]);
		for await (const line of createInterface({input: daemon.stderr!})) if (/Listening for NAT-PMP/.test(line)) return;
		throw new Error('miniupnpd has ended');
	}

	/** Its lines, each once. */
	startClient(t: ExecutionContext, protocol: string) {
		const node = [process.execPath, '--import=tsx', CHILD, protocol];
		const child = this.start(t, 'client', node);
		const lines = createInterface({input: child.stdout!})[Symbol.asyncIterator]();
		const next = async (): Promise<Record<string, unknown>> => {
			const {value, done} = await lines.next();
			if (done === true) throw new Error('the client has ended');
			return JSON.parse(value) as Record<string, unknown>;
		};
		return {child, next};
	}

	#link(name: string, place: string, address: string, routerAddress: string): void {
		this.run('router', `ip link add ${name} type veth peer name ${name} netns ${this.#ns(place)}`);
		for (const [end, own] of [
			[place, address],
			['router', routerAddress],
		] as const) {
			this.run(end, `ip addr add ${own} dev ${name}`);
			this.run(end, `ip link set ${name} up`);
		}
	}

	#ns(place: string): string {
		return `${this.#prefix}-${place}`;
	}

	#file(name: string, text: string): string {
		const file = path.join(this.#folder, name);
		writeFileSync(file, text);
		return file;
	}

	#tryOutside(command: string, ...words: string[]): void {
		try {
			execFileSync(command, words, {env: ENV, stdio: 'ignore'});
		} catch {
			// It was never made.
		}
	}
}

const RULES = `
table inet filter {
	chain forward { type filter hook forward priority 0; policy drop; ct state established,related accept; iifname "lan" accept; jump miniupnpd; }
	chain miniupnpd { }
}
table inet nat {
	chain prerouting { type nat hook prerouting priority -100; jump prerouting_miniupnpd; }
	chain postrouting { type nat hook postrouting priority 100; jump postrouting_miniupnpd; oifname "wan" masquerade fully-random; }
	chain prerouting_miniupnpd { }
	chain postrouting_miniupnpd { }
}
`;
const CONF = `
ext_ifname=wan
listening_ip=lan
enable_natpmp=yes
enable_upnp=no
upnp_table_name=filter
upnp_nat_table_name=nat
upnp_forward_chain=miniupnpd
upnp_nat_chain=prerouting_miniupnpd
upnp_nat_postrouting_chain=postrouting_miniupnpd
uuid=00000000-0000-0000-0000-000000000001
allow 1024-65535 192.168.77.0/24 1024-65535
deny 0-65535 0.0.0.0/0 0-65535
`;

const missing = whatIsMissing();

for (const protocol of ['pcp', 'nat-pmp']) {
	test(`a stranger gets in by ${protocol} while it is mapped`, async t => {
		if (missing !== undefined) {
			t.log(`left out: ${missing}`);
			t.pass();
			return;
		}

		const home = new Home(t, protocol, OUTSIDE);
		await home.startRouter(t);
		const {child, next} = home.startClient(t, protocol);
		t.like(await next(), {state: {kind: 'asking'}});
		const {state, port} = await next();
		t.like(state, {kind: 'mapped', protocol, external: {host: OUTSIDE, port}, life: 7200});
		t.true(home.run('router', 'nft list chain inet nat prerouting_miniupnpd').includes('dnat'));
		const send = `require('dgram').createSocket('udp4').send('hello',${String(port)},'${OUTSIDE}',()=>process.exit())`;
		home.run('world', `${process.execPath} -e ${send}`);
		t.deepEqual(await next(), {heard: 'hello', from: '5.5.5.10'});
		child.stdin!.end('end\n');
		t.like(await next(), {state: {kind: 'off'}});
		t.false(home.run('router', 'nft list chain inet nat prerouting_miniupnpd').includes('dnat'));
	});
}

test('a router that stands behind another one says no', async t => {
	if (missing !== undefined) {
		t.log(`left out: ${missing}`);
		t.pass();
		return;
	}

	const home = new Home(t, 'reserved', RESERVED);
	await home.startRouter(t);
	const {next} = home.startClient(t, 'pcp');
	t.like(await next(), {state: {kind: 'asking'}});
	t.like(await next(), {state: {kind: 'refused', protocol: 'pcp', result: 'no resources'}});
});
