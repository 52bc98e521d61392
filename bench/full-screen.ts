// The built programs in pseudo-terminals: a server, and full-screen clients that are signed up by what is typed into them.
import path from 'node:path';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {root} from './built.ts';
import {TimedTerminal} from './timed-terminal.ts';

/** As a pattern, how each of our frames ends: it is seen when synchronized output is over. */
export const FRAME_END = String.raw`\u001B\[\?2026l`;
/** As the server prints it. */
const LINK = /simchat:\/\/\S+(?=\s)/;
export const PASSWORD = 'a password for a long talk';
/** Between a line that is typed and its Enter, ms: a burst of lines is a paste. */
export const KEY_PAUSE_MS = 300;

/** A door of the built program, by the name of its file in bin/. */
function openDoor(door: string, args: readonly string[]): TimedTerminal {
	return new TimedTerminal({command: process.execPath, args: [path.join(root, 'bin', door), ...args]});
}

/** A server that anybody may sign up at, and its join link. */
export async function openServer(data: string): Promise<{readonly server: TimedTerminal; readonly link: string}> {
	const args = ['--data', data, '--listen', '127.0.0.1:0', '--registration', 'open'];
	const server = openDoor('simchat-server.js', args);
	await server.until(LINK);
	const [link] = LINK.exec(server.output)!;
	return {server, link};
}

/** A new member of the server of `link`, on the screen that has the list and the talk. */
export async function openScreen(link: string, profile: string, name: string): Promise<TimedTerminal> {
	const terminal = openDoor('simchat.js', [link, '--profile', profile]);
	await terminal.until(/sign up/);
	for (const line of [name, PASSWORD, PASSWORD]) await typeLine(terminal, line);
	await terminal.until(/connected/);
	return terminal;
}

/** As a person types a line: the text, then Enter. */
export async function typeLine(terminal: TimedTerminal, line: string): Promise<void> {
	await pause(KEY_PAUSE_MS);
	terminal.type(line);
	await pause(KEY_PAUSE_MS);
	terminal.type('\r');
}
