// doctor: what is known of the way to the directory and to contacts, and what came of looking for a way to one of them.
import stringWidth from 'string-width';
import {type Client, type Diagnosis, type Finding, findingsOf, nextStep, typedTalk} from '../../client/facade.ts';
import {type Contact, type Path, type Snapshot, contactIn, lastKnown, obstacleWords} from '../../client/snapshot.ts';
import {type CommandIo} from '../command-io.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';
import {jsonLine, printableLine} from '../printable.ts';
import {problemWords, problems, stoppedFailure} from '../report.ts';
import {until} from '../until.ts';
import {type DoctorTask} from '../task.ts';
import {keyFailure, whyWaiting} from '../until-delivered.ts';
import {catalogue, inEnglish} from '../../catalogue/catalogue.ts';

/** What reflectors and the router say reaches no snapshot: it is looked at so often, ms. */
const LOOK_MS = 50;
/** Cells of the two columns. */
const GRADE = 5;
const LABEL = 12;

/**
 * Prints the findings, as text or as one JSON object. Throws Failure: 75 when the directory is out of reach, its answer over UDP does not
 * come, or there is no way to `name`; and ClientError, unknown-contact among others.
 */
export async function doctor(client: Client, {name, json, waitMs}: DoctorTask, io: CommandIo): Promise<void> {
	const {stop} = io;
	const endsAt = performance.now() + waitMs;
	const left = () => Math.max(0, endsAt - performance.now());
	await until(client, ({connection}) => connection.state === 'online' || connection.state === 'stopped', {
		withinMs: left(),
		stop,
	});
	if (name !== undefined) {
		client.seek(name);
		await until(client, now => isDecided(now, name), {withinMs: left(), stop});
	}

	await isKnown(client, left, stop);
	const diagnosis = client.diagnose();
	const snapshot = client.snapshot();
	const failure = failureOf(snapshot, diagnosis, name);
	const own = name === undefined ? diagnosis.contacts : diagnosis.contacts.filter(contact => contact.name === name);
	await tell({...diagnosis, contacts: own}, {isWell: failure === undefined, json, print: io.print});
	if (failure !== undefined) throw failure;
}

/** Whether it is known if there is a way, as far as waiting helps. */
function isDecided(snapshot: Snapshot, name: string): boolean {
	const contact = contactIn(snapshot, typedTalk(name));
	if (contact === undefined || contact.presence === 'offline' || contact.identity === 'changed') return true;
	return hasWay(contact) || isHopeless(contact) || snapshot.connection.state === 'stopped';
}

function hasWay({path}: Contact): boolean {
	return path.kind === 'lan' || path.kind === 'direct';
}

/** Somebody whose UDP has not reached the server may have begun a moment ago. */
function isHopeless(contact: Contact): boolean {
	const path = lastKnown(contact.path);
	return path.kind === 'blocked' || (path.kind === 'no-way' && path.reason.kind !== 'nowhere');
}

/** Until every reflector and the router have answered, or time is over. */
async function isKnown(client: Client, left: () => number, stop: AbortSignal): Promise<void> {
	for (;;) {
		const {connection, reflexive, network} = client.diagnose();
		const {reflectors, portMapping} = network;
		const isAnswered = reflexive !== undefined && reflectors.every(({observed}) => observed !== undefined);
		if (connection.state !== 'online' || (isAnswered && portMapping.kind !== 'asking')) return;
		const pause = Math.min(LOOK_MS, left());
		if (pause === 0 || stop.aborted) return;
		await until(client, () => false, {withinMs: pause, stop});
	}
}

function failureOf(snapshot: Snapshot, {reflexive}: Diagnosis, name: string | undefined): Failure | undefined {
	const {connection} = snapshot;
	const stopped = stoppedFailure(snapshot);
	if (stopped !== undefined) return stopped;
	const conversation = name === undefined ? undefined : typedTalk(name);
	const contact = contactIn(snapshot, conversation);
	if (name !== undefined && conversation !== undefined && contact !== undefined) {
		if (hasWay(contact)) return undefined;
		return (
			keyFailure(snapshot, conversation) ?? notNow(catalogue.doctor.noSession(name, whyWaiting(snapshot, conversation)))
		);
	}

	if (connection.state === 'waiting') return notNow(problemWords(connection.problem));
	if (connection.state !== 'online') return notNow(catalogue.connection.notReached);
	return reflexive === undefined ? notNow(catalogue.connection.udpSilent) : undefined;
}

function notNow(words: string): Failure {
	return new Failure(EXIT_CODES.tempFail, words);
}

async function tell(
	diagnosis: Diagnosis,
	{isWell, json, print}: {readonly isWell: boolean; readonly json: boolean; readonly print: CommandIo['print']},
): Promise<void> {
	if (json) return print(inEnglish(() => jsonLine({type: 'doctor', ok: isWell, ...forScripts(diagnosis)})));
	const findings = found(diagnosis);
	const step = nextStep(findings);
	const {grades, labels} = catalogue.doctor;
	for (const {label, grade, words} of findings) {
		// Words, since marks say nothing to who hears them.
		await print(doctorLine(grades[grade], label, words));
	}

	if (step !== undefined) await print(doctorLine('', labels.nextStep, step));
}

function doctorLine(grade: string, label: string, words: string): string {
	return printableLine(`${padded(grade, GRADE)} ${padded(label, LABEL)} ${words}`);
}

/** Of terminals' cells, which are not as many as letters. */
function padded(text: string, cells: number): string {
	return text + ' '.repeat(Math.max(0, cells - stringWidth(text)));
}

function found(diagnosis: Diagnosis): Finding[] {
	return findingsOf(diagnosis, {problems: problems(), now: Date.now()});
}

/** When the mapping ends is told in seconds from now: its own time is that of a clock that no script has. */
function forScripts(diagnosis: Diagnosis): Readonly<Record<string, unknown>> {
	const {network, contacts, ...rest} = diagnosis;
	const told = {
		nextStep: nextStep(found(diagnosis)) ?? null,
		...rest,
		contacts: contacts.map(({path, ...contact}) => ({...contact, path: pathForScripts(path)})),
	};
	const {portMapping} = network;
	if (portMapping.kind !== 'mapped') return {...told, network};
	const {endsAt: _, ...mapping} = portMapping;
	return {...told, network: {...network, portMapping: mapping}};
}

/** What blocks it is told in words. */
function pathForScripts(path: Path): unknown {
	if (path.kind === 'blocked') return {kind: path.kind, why: obstacleWords(path)};
	return path.kind === 'looking' && path.after ? {...path, after: pathForScripts(path.after)} : path;
}
