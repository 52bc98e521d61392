// Messages as a person sees them: with what was said of them, and what they answer.
import {type Message} from '../message.ts';
import {type HistoryDatabase} from './database.ts';
import {KIND, type MessageRow, directionOf, textOf} from './message-row.ts';

/** One of each side at most is kept. */
export const REACTIONS = `
	SELECT direction, text FROM messages WHERE peer = ? AND target = ? AND target_direction = ? AND kind = ${KIND.reaction}
	ORDER BY direction`;

/** A function from rows to messages. */
export function viewer(database: HistoryDatabase): (row: MessageRow) => Message {
	const reactions = database.prepare(REACTIONS);
	const answered = database
		.prepare(
			`SELECT text FROM messages WHERE peer = ? AND direction = ? + 0 AND id = ? AND kind = ${KIND.text} AND deleted = 0`,
		)
		.pluck();
	const readPlace = database.prepare('SELECT read_place FROM agreed WHERE peer = ?').pluck();

	return row => {
		const {place, peer, id, direction, target, target_direction: targetDirection, deleted} = row;
		const message = textOf(row);
		const isRead = message.direction === 'out' && message.state === 'delivered' && place <= Number(readPlace.get(peer));
		const said =
			deleted === 1 ? [] : (reactions.all(peer, id, direction) as Array<Pick<MessageRow, 'direction' | 'text'>>);
		const shown = said.filter(({text}) => text !== '');
		return {
			...message,
			...(isRead && {state: 'read' as const}),
			...(shown.length > 0 && {
				reactions: shown.map(({direction: by, text}) => ({direction: directionOf(by), emoji: text})),
			}),
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
