// A router that opens ports for its LAN when it is asked to (NAT-PMP, PCP): miniupnpd, where it is installed.
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {type Home, lanIpv4} from './homes.ts';
import {type Program} from './program.ts';
import {has} from './system-command.ts';

export const hasPortMapper = () => has('miniupnpd');

/** The chains that miniupnpd adds to. What it sends to a host of the LAN, our own rules let pass (nat.ts). */
const CHAINS = `
table inet filter {
	chain miniupnpd {}
	chain prerouting_miniupnpd {}
	chain postrouting_miniupnpd {}
	chain forward { type filter hook forward priority 0; jump miniupnpd; }
	chain prerouting { type nat hook prerouting priority -100; jump prerouting_miniupnpd; }
	chain postrouting { type nat hook postrouting priority 100; jump postrouting_miniupnpd; }
}
`;

/** Starts it on the router of a home; resolves when it takes requests. */
export async function startPortMapper({router, number}: Home, folder: string): Promise<Program> {
	if (router === undefined) throw new Error('this home has no router');
	router.addRules(CHAINS);
	const own = path.join(folder, router.full);
	mkdirSync(own);
	const config = path.join(own, 'miniupnpd.conf');
	writeFileSync(
		config,
		`ext_ifname=wan
listening_ip=lan
enable_upnp=no
secure_mode=yes
uuid=00000000-0000-4000-8000-000000000000
allow 1024-65535 ${lanIpv4(number, 0)}/24 1024-65535
`,
	);
	const program = router.start(['miniupnpd', '-d', '-N', '-f', config, '-P', path.join(own, 'pid')]);
	await program.words(/Listening for NAT-PMP\/PCP traffic/);
	return program;
}
