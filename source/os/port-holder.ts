// Which process has a UDP port: what Linux tells of it in /proc, as far as this user may look.
import {readFileSync, readdirSync, readlinkSync} from 'node:fs';

/** Sockets and processes that are looked at, at most: a machine has thousands at the most. */
const LOOKED_AT = 65_536;

export type PortHolder = {readonly pid: number; readonly program: string};

/** Undefined where nobody is found: on another system, or when the port is another user's. */
export function portHolder(port: number, proc = '/proc'): PortHolder | undefined {
	const inodes = new Set(
		['udp', 'udp6'].flatMap(name => inodesOf(read(`${proc}/net/${name}`), port)).map(inode => `socket:[${inode}]`),
	);
	if (inodes.size === 0) return undefined;
	const pid = list(proc)
		.filter(name => /^[1-9]\d*$/.test(name))
		.slice(0, LOOKED_AT)
		.find(name => list(`${proc}/${name}/fd`).some(fd => inodes.has(link(`${proc}/${name}/fd/${fd}`))));
	return pid === undefined ? undefined : {pid: Number(pid), program: read(`${proc}/${pid}/comm`).trim()};
}

/** The sockets at a port, in the form of /proc/net/udp: the second field ends in the port in hex, the tenth is the inode. */
function inodesOf(table: string, port: number): string[] {
	const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
	return table
		.split('\n', LOOKED_AT)
		.slice(1)
		.map(row => row.trim().split(/\s+/))
		.filter(fields => fields[1]?.endsWith(end) && /^[1-9]\d*$/.test(fields[9] ?? ''))
		.map(fields => fields[9]!);
}

function read(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

function list(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

function link(file: string): string {
	try {
		return readlinkSync(file);
	} catch {
		return '';
	}
}
