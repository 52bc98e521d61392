// A reaction to a message: one of the usual emoji, or one found by its :shortcode:.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Message} from '../../client/snapshot.ts';
import {type Overlay, type ScreenControls} from '../screen-controls.ts';
import {oneLine} from '../panes/about-message.ts';
import {type Emoji} from '../../content/emoji.ts';
import {span} from '../widgets/spans.ts';
import {choiceRows, moved} from './choice.ts';

const USUAL = ['👍', '❤️', '👎', '🎉', '😄', '😕', '👀', '🚀', '🙏'] as const;

type Choice = {readonly emoji: string; readonly name: string};

export function reactOverlay(message: Message, emoji: Emoji, query = '', chosen = 0): Overlay {
	const words = catalogue.reactions;
	const own = message.reactions?.find(({direction}) => direction === 'out')?.emoji;
	const none: Choice[] = own === undefined ? [] : [{emoji: '', name: words.takeBack(oneLine(own))}];
	const usual = USUAL.map((each): Choice => ({emoji: each, name: words.names[each]}));
	const fits = query === '' ? [...none, ...usual] : emoji.complete(query);
	return {
		title: words.title,
		hint: words.hint,
		query,
		ask: text => reactOverlay(message, emoji, text),
		rows: size => choiceRows(fits, chosen, choice => [span(choice.emoji), span('  '), span(choice.name)], size),
		take(key, screen) {
			const next = moved(chosen, key, fits.length);
			if (next !== undefined) screen.show(reactOverlay(message, emoji, query, next));
			if (key === 'enter') react(screen, message, fits[chosen]);
			return key === 'enter' || next !== undefined;
		},
	};
}

function react(screen: ScreenControls, {conversation, direction, id}: Message, choice: Choice | undefined): void {
	if (choice === undefined) return;
	screen.show(undefined);
	screen.client.react(conversation, {direction, id}, choice.emoji);
}
