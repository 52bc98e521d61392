// A command that finds its profile open in another process has that one do it: what it prints, asks and ends with are the same.
import {Buffer} from 'node:buffer';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {connect} from 'node:net';
import {type HandoverKey} from '../../client/facade.ts';
import {isPrivateSocket, socketPath} from '../../os/private-socket.ts';
import {type CommandIo} from '../command-io.ts';
import {Failure} from '../failure.ts';
import {type SharedTask} from '../shared-task.ts';
import {whenStopped} from '../until.ts';
import {HANDOVER_SOCKET, HANDOVER_VERSION, type HolderLine, Lines, helloLine, holderLine} from './handover-lines.ts';
import {otherVersion, unproven} from './handover-refusals.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** Silence after which the other process is taken to be stopped, ms; one that runs says so every 5 s. */
const SILENCE_MS = 20_000;

export type HandoverOptions = {
	readonly folder: string;
	readonly task: SharedTask;
	readonly key: HandoverKey;
	readonly io: CommandIo;
	/** Ms; 20,000 unless given. */
	readonly silenceMs?: number;
};

/**
 * `absent`: no process listens there. `gone`: it has ended or turned us away. `silent`: it says nothing any more. `ranMs`: how long it had
 * the task, undefined when it was not given it.
 */
export type HandoverEnd = 'done' | 'absent' | {readonly kind: 'gone' | 'silent'; readonly ranMs: number | undefined};

/** Whether there is a socket of a process of this user; that process may have ended. */
export function hasHolder(folder: string): boolean {
	return isPrivateSocket(socketPath(folder, HANDOVER_SOCKET));
}

/** Throws Failure as the command would alone, and what `io` throws. */
export async function handOver({folder, task, key, io, silenceMs = SILENCE_MS}: HandoverOptions): Promise<HandoverEnd> {
	if (!hasHolder(folder)) return 'absent';
	const socket = connect(socketPath(folder, HANDOVER_SOCKET));
	try {
		await once(socket, 'connect');
	} catch {
		return 'absent';
	}

	const lines = new Lines(socket);
	const failed = Promise.withResolvers<never>();
	const next = async () => Promise.race([lines.next(holderLine, silenceMs), failed.promise]);
	let begun: number | undefined;
	try {
		const hello = await lines.next(helloLine, silenceMs);
		if (hello === undefined) return endOf(lines, begun);
		if (hello.version !== HANDOVER_VERSION) throw otherVersion(folder);
		const nonces = {holder: hello.nonce, command: randomBytes(32).toString('hex')};
		lines.send({type: 'hello', version: HANDOVER_VERSION, nonce: nonces.command, language: catalogue.language});
		for (let line = await next(); line !== undefined; line = await next()) {
			if (line.type === 'end') return finish(line);
			if (line.type === 'proof') {
				if (begun !== undefined || !key.accepts('holder', nonces, line.proof)) throw unproven(folder);
				lines.send({type: 'task', proof: key.proof('command', nonces), task});
				begun = performance.now();
				whenStopped(io.stop, () => lines.send({type: 'stop'}));
			} else if (begun !== undefined) {
				follow(line, lines, io).catch(failed.reject);
			}
		}

		return endOf(lines, begun);
	} finally {
		lines.destroy();
	}
}

/** Does what the other process wants of this one's streams and terminal. Rejects as they do. */
async function follow(line: HolderLine, lines: Lines, io: CommandIo): Promise<void> {
	const {write, complain, askYes, toSend} = io;
	switch (line.type) {
		case 'write': {
			await write(line.text);
			return lines.send({type: 'written', number: line.number});
		}

		case 'ask': {
			const isYes = await askYes(line.words);
			return lines.send({type: 'answer', number: line.number, ...(isYes !== undefined && {isYes})});
		}

		case 'next': {
			const message = await toSend.next();
			return lines.send({type: 'message', number: line.number, ...(message && {message})});
		}

		case 'recovery': {
			const {number, name, foundingKey} = line;
			const consent = await io.newWords({name, foundingKey: Buffer.from(foundingKey, 'hex')});
			const made = consent && {key: consent.key.toString('hex'), consent: consent.consent.toString('hex')};
			return lines.send({type: 'recovery', number, ...(made && {made})});
		}

		case 'complain':
			return complain(line.words);
		case 'kept':
			return toSend.kept();
		default:
	}
}

function endOf({wasSilent}: Lines, begun: number | undefined): HandoverEnd {
	return {kind: wasSilent ? 'silent' : 'gone', ranMs: begun && performance.now() - begun};
}

function finish({exitCode, words}: Extract<HolderLine, {type: 'end'}>): 'done' {
	if (exitCode !== 0) throw new Failure(exitCode, words ?? catalogue.handover.notDone);
	return 'done';
}
