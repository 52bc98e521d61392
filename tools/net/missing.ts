// What this machine lacks for networks of its own, in words.
import {randomBytes} from 'node:crypto';
import process from 'node:process';
import {has, works} from './system-command.ts';

/** Programs, and the Debian packages that bring them. */
const PROGRAMS = {ip: 'iproute2', nft: 'nftables', ethtool: 'ethtool'} as const;

/** One line for each thing that is missing, such as "nft (apt-get install nftables)"; none when networks can be made. */
export function missingForNetworks(): string[] {
	if (process.platform !== 'linux') return ['Linux'];
	const missing: string[] = [];
	if (process.getuid?.() !== 0) missing.push('root');
	for (const [program, debian] of Object.entries(PROGRAMS)) {
		if (!has(program)) missing.push(`${program} (apt-get install ${debian})`);
	}

	return missing.length > 0 ? missing : missingInKernel();
}

/** Tries each kind of thing that the networks are made of, in a namespace that goes away at once. */
function missingInKernel(): string[] {
	// Several test files ask at once, in threads of one process.
	const name = `simchat-${process.pid}-${randomBytes(4).toString('hex')}-try`;
	if (!works('ip', 'netns', 'add', name)) return ['network namespaces (ip netns add fails: a container may forbid it)'];
	try {
		const inside = (...words: string[]) => works('ip', 'netns', 'exec', name, ...words);
		const missing: string[] = [];
		if (!inside('ip', 'link', 'add', 'try0', 'type', 'veth', 'peer', 'name', 'try1'))
			missing.push('veth in the kernel');
		if (!inside('ip', 'link', 'add', 'try2', 'type', 'bridge')) missing.push('bridges in the kernel');
		const wire = ['id', '1', 'dstport', '4789', 'remote', '127.0.0.1'];
		if (!inside('ip', 'link', 'add', 'try3', 'type', 'vxlan', ...wire)) missing.push('vxlan in the kernel');
		const rules =
			'table ip t { chain c { type nat hook postrouting priority srcnat; oifname "try0" masquerade fully-random; }; }';
		if (!inside('nft', rules)) missing.push('NAT in the kernel (nft masquerade)');
		return missing;
	} finally {
		works('ip', 'netns', 'del', name);
	}
}
