// Messages as a person sees them: with what was said of them, and what they answer.
import {type Buffer} from 'node:buffer';
import {type FileAnswer} from '../../content/file-answer.ts';
import {decodeContent} from '../../content/content.ts';
import {type Message} from '../message.ts';
import {type HistoryDatabase} from './database.ts';
import {KIND, type MessageRow, directionOf, textOf} from './message-row.ts';

/** One of each side at most is kept. */
export const REACTIONS = `
	SELECT direction, text FROM messages WHERE peer = ? AND target = ? AND target_direction = ? AND kind = ${KIND.reaction}
	ORDER BY direction`;

/** What each side has said of a file that was offered: one of each is kept. */
const FILE_ANSWERS_OF = REACTIONS.replace(`kind = ${KIND.reaction}`, `kind = ${KIND.file}`);

/** A function from rows to messages. */
export function viewer(database: HistoryDatabase): (row: MessageRow) => Message {
	const reactions = database.prepare(REACTIONS);
	const answered = database
		.prepare(
			`SELECT text FROM messages WHERE peer = ? AND direction = ? + 0 AND id = ? AND kind = ${KIND.text} AND deleted = 0`,
		)
		.pluck();
	const kept = database.prepare<[number], Buffer>('SELECT bytes FROM contents WHERE place = ?').pluck();
	const answers = database.prepare<[string, Buffer, number], Pick<MessageRow, 'direction' | 'text'>>(FILE_ANSWERS_OF);
	const fileOf = ({place, peer, id, direction}: MessageRow): Message['file'] => {
		const bytes = kept.get(place);
		const content = bytes && decodeContent(bytes);
		if (content?.kind !== 'text' || content.file === undefined) return undefined;
		const {name, size, root, device} = content.file;
		const said = answers.all(peer, id, direction).map(each => [directionOf(each.direction), each.text as FileAnswer]);
		return {
			name,
			size,
			root: root.toString('hex'),
			device: device.toString('hex'),
			answers: Object.fromEntries(said) as NonNullable<Message['file']>['answers'],
		};
	};

	const readPlace = database.prepare('SELECT read_place FROM agreed WHERE peer = ?').pluck();

	return row => {
		const {place, peer, id, direction, target, target_direction: targetDirection, deleted} = row;
		const message = textOf(row);
		const isRead = message.direction === 'out' && message.state === 'delivered' && place <= Number(readPlace.get(peer));
		const said =
			deleted === 1 ? [] : (reactions.all(peer, id, direction) as Array<Pick<MessageRow, 'direction' | 'text'>>);
		const file = deleted === 1 ? undefined : fileOf(row);
		const shown = said.filter(({text}) => text !== '');
		return {
			...message,
			...(isRead && {state: 'read' as const}),
			...(shown.length > 0 && {
				reactions: shown.map(({direction: by, text}) => ({direction: directionOf(by), emoji: text})),
			}),
			...(file && {file}),
			...(target !== null &&
				targetDirection !== null && {
					reply: {
						direction: directionOf(targetDirection),
						id: target.toString('hex'),
						text: answered.get(peer, targetDirection, target) as string | undefined,
					},
				}),
		};
	};
}
