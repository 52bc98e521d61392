// A call from one machine to another over a real link, in both families.
import path from 'node:path';
import process from 'node:process';
import {Lab, type Namespace, cable} from '../../../tools/net/lab.ts';
import {networksTest} from '../../net/networks.ts';

const CHILD = path.join(import.meta.dirname, 'link-child.ts');

/** The kernel takes up to a second until it counts a link as one that works. */
function untilUp(host: Namespace): void {
	host.run('for n in $(seq 500); do grep -q up /sys/class/net/lan/operstate && exit 0; sleep 0.02; done; exit 1');
}

async function start(host: Namespace, role: string) {
	const program = host.start([process.execPath, '--import=tsx', CHILD, role]);
	const {text} = await program.line(/"ready"/);
	return {program, began: JSON.parse(text) as unknown};
}

networksTest(
	'a call is heard in IPv4 and IPv6, answered to the caller’s own socket, and written back to, without any router',
	async t => {
		const lab = new Lab('');
		t.teardown(async () => lab.close());
		const [a, b] = [lab.namespace('a'), lab.namespace('b')];
		cable([a, 'lan'], [b, 'lan']);
		a.run('ip addr add 192.168.77.1/24 dev lan');
		b.run('ip addr add 192.168.77.2/24 dev lan');
		for (const host of [a, b]) untilUp(host);

		const hearer = await start(a, 'hear');
		const caller = await start(b, 'call');
		for (const {began} of [hearer, caller]) t.deepEqual(began, {ready: 2, errors: []});
		await hearer.program.until(() => hearer.program.lines.length >= 5);
		const heard = hearer.program.lines.map(({text}) => JSON.parse(text) as Record<string, unknown>);
		const texts = (key: string) =>
			heard.filter(each => key in each).map(each => `${String(each[key])} ${String(each['host'])}`);
		t.regex(texts('call').toSorted().join('\n'), /^call 192\.168\.77\.2\ncall fe80::[\da-f:]+%lan$/);
		t.regex(texts('own').toSorted().join('\n'), /^thanks 192\.168\.77\.2\nthanks fe80::[\da-f:]+$/);
	},
);
