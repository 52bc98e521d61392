// Stands in for systemd: listens to what a service tells it (sd_notify(3)).
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {createInterface} from 'node:readline';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {within} from '../../tools/within.ts';

const PATIENCE_MS = 120_000;

/** What systemd would hear, each datagram once it came: from a socket of datagrams, which Node has none of. */
const LISTENER = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print('listening', flush=True)
while True: print(s.recv(4096).decode().replace('\\n', ' '), flush=True)
`;
const hasPrograms = ['python3', 'systemd-notify'].every(
	program => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0,
);

export const testWithSystemd = hasPrograms ? test : test.skip;

/** The title of a test, which says what is missing. */
export const withSystemd = (words: string) => (hasPrograms ? words : `${words} (needs python3, systemd-notify)`);

/** `socket` is for NOTIFY_SOCKET. */
export async function standInForSystemd(t: ExecutionContext) {
	const socket = path.join(temporaryFolder(t), 'notify');
	const child = spawn('python3', ['-c', LISTENER, socket], {stdio: ['ignore', 'pipe', 'inherit']});
	t.teardown(() => child.kill('SIGKILL'));
	const heard: string[] = [];
	const news = new EventTarget();
	createInterface({input: child.stdout}).on('line', said => {
		heard.push(said);
		news.dispatchEvent(new Event('line'));
	});
	const hears = async (pattern: RegExp, count = 1) =>
		within(
			(async () => {
				while (heard.filter(said => pattern.test(said)).length < count) await once(news, 'line');
			})(),
			PATIENCE_MS,
			() => `systemd does not hear ${pattern}: ${heard.join(' | ')}`,
		);
	await hears(/listening/);
	return {socket, heard, hears};
}
