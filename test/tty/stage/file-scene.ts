// Files in a talk, in all states that they are in.
import {homedir} from 'node:os';
import path from 'node:path';
import {type Message, type Snapshot, type Transfer, talkWith, transferKey} from '../../../source/client/snapshot.ts';
import {contact, message} from '../../twins/client.ts';

type Answers = NonNullable<Message['file']>['answers'];

function offer(
	index: number,
	name: string,
	size: number,
	{answers = {}, ...change}: Partial<Message> & {answers?: Answers} = {},
) {
	const file = {name, size, root: '00', device: '00', answers};
	return message('alice', index, {text: name, file, ...change});
}

function underWay(
	{conversation, id, direction, file}: Message,
	part: Pick<Transfer, 'state'> & Partial<Transfer>,
): [string, Transfer] {
	const transfer = {conversation, message: {direction, id}, done: 0, size: file?.size ?? 0, rate: 0, ...part};
	return [transferKey(transfer), transfer];
}

const saved = offer(2, 'minutes.pdf', 81_400, {answers: {out: 'received'}});
const failed = offer(3, 'film-of-the-whole-summer-in-the-mountains.mkv', 4_200_000_000, {answers: {out: 'accepted'}});
const goes = offer(4, 'map of the lake.png', 3_141_592, {direction: 'out', answers: {in: 'accepted'}});
const gone = offer(5, 'notes.txt', 1200, {direction: 'out', state: 'read', answers: {in: 'received'}});
const comes = offer(6, 'pictures.tar.gz', 1_250_000_000, {answers: {out: 'accepted'}});
const waits = offer(7, 'tracks.gpx', 910_000, {answers: {out: 'accepted'}});
const hostile = offer(8, '../../\u001B[31m red\u202E gpj.exe', 66_000);
const newest = offer(20, 'holiday.jpg', 3_141_592);
const first = message('alice', 1, {text: 'the files, as I promised'});

export const fileScene = {
	contacts: [contact('alice', {identity: 'verified', path: {kind: 'direct', address: '192.0.2.7:40000', rtt: 12}})],
	conversations: new Map([
		[
			talkWith('alice'),
			{
				id: talkWith('alice'),
				messages: [first, saved, failed, goes, gone, comes, waits, hostile, newest],
				hasOlder: false,
			},
		],
	]),
	transfers: new Map([
		underWay(saved, {state: 'done', done: 81_400, path: path.join(homedir(), 'Downloads', 'minutes.pdf')}),
		underWay(failed, {state: 'failed', problem: 'no-room'}),
		underWay(goes, {state: 'running', done: 2_000_000, rate: 210_000}),
		underWay(comes, {state: 'running', done: 525_000_000, rate: 4_100_000}),
		underWay(waits, {state: 'waiting', done: 455_000}),
	]),
} satisfies Partial<Snapshot>;
