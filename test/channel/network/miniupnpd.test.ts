// The mapping at a real router, miniupnpd: a stranger gets in through a NAT that changes every port, and does not when it is taken back.
import path from 'node:path';
import process from 'node:process';
import {type ExecutionContext} from 'ava';
import {DatagramHost} from '../../../tools/net/datagram-host.ts';
import {type Home, type Homes, leaveDocumentation} from '../../../tools/net/homes.ts';
import {startPortMapper} from '../../../tools/net/port-mapper.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';
import {portMapperTest} from '../../net/networks.ts';

const CHILD = path.join(import.meta.dirname, 'mapping-child.ts');

type Told = {
	readonly state?: Readonly<Record<string, unknown>>;
	readonly port?: number;
	readonly heard?: string;
	readonly from?: string;
};

/** A client behind that router. `told` gives the line of it that is the first with this key or state. */
async function client(t: ExecutionContext, home: Home, protocol: string) {
	await startPortMapper(home, temporaryFolder(t));
	const program = home.hosts[0]!.start([process.execPath, '--import=tsx', CHILD, protocol]);
	const told = async (what: RegExp) => JSON.parse((await program.line(what)).text) as Told;
	return {program, told};
}

const mapped = ({router}: Home) => /dnat/.test(router!.run('nft list chain inet filter prerouting_miniupnpd'));

for (const protocol of ['pcp', 'nat-pmp']) {
	portMapperTest(`a stranger gets in by ${protocol} while it is mapped`, async (t, homes: Homes) => {
		const home = homes.add('home', 'sym');
		const outside = leaveDocumentation(homes, home);
		const {program, told} = await client(t, home, protocol);
		await told(/"asking"/);
		const {state, port} = await told(/"mapped"/);
		t.like(state, {kind: 'mapped', protocol, external: {host: outside, port}, life: 7200});
		t.true(mapped(home));
		const stranger = new DatagramHost(homes.add('stranger', 'none').hosts[0]!);
		await stranger.open('any', '0.0.0.0');
		await stranger.send('any', {host: outside, port: port!}, 'hello');
		t.like(await told(/"heard"/), {heard: 'hello', from: '203.0.113.21'});
		program.say('end');
		await told(/"off"/);
		t.false(mapped(home));
	});
}

portMapperTest('a router that stands behind another one says no', async (t, homes) => {
	// The address of its outer side is one for documentation, which it knows to be none of the internet.
	const {told} = await client(t, homes.add('home', 'sym'), 'pcp');
	await told(/"asking"/);
	t.like((await told(/"refused"/)).state, {kind: 'refused', protocol: 'pcp', result: 'no resources'});
});
