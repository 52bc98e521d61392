// Copying inside tmux: tmux is asked to take a text into a buffer of its own, and to hand it on to the terminal outside of it.
import {spawn} from 'node:child_process';

/** A tmux that answers at all does so within this, ms. */
const PATIENCE_MS = 2000;

/** Whether tmux has taken `text` (`load-buffer -w`, tmux 3.2 and later). `env` names its server. */
export async function intoTmux(text: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
	return new Promise(resolve => {
		const child = spawn('tmux', ['load-buffer', '-w', '-'], {
			env: {...env},
			stdio: ['pipe', 'ignore', 'ignore'],
			timeout: PATIENCE_MS,
		});
		child.on('error', () => resolve(false));
		child.on('close', code => resolve(code === 0));
		// It may end without having read all; then its exit code says so.
		child.stdin.on('error', () => {});
		child.stdin.end(text);
	});
}
