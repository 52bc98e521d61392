// The signed-in screen of a client twin, into which keys are typed as a terminal sends them.
import {ValueStore} from '../../../source/ui/hooks/value-store.ts';
import {keysOf} from '../../../source/ui/hooks/keyboard.ts';
import {type KeyEvent} from '../../../source/ui/input/key-events.ts';
import {KeyParser} from '../../../source/ui/input/key-parser.ts';
import {TalkKeys} from '../../../source/ui/screens/talk-keys.ts';
import {Talk} from '../../../source/ui/screens/talk.ts';
import {type ClientTwin} from '../../twins/client.ts';

/** `done`: what the terminal was asked, oldest first. */
export function screenOf(client: ClientTwin, now: () => number = () => 0) {
	const done: string[] = [];
	const preferences = new ValueStore(client.preferences);
	const talk = new Talk({
		client,
		preferences,
		prefer(change) {
			client.setPreferences(change);
			preferences.set(client.preferences);
		},
		now,
		terminal: {
			size: () => ({columns: 80, rows: 24}),
			quit: () => void done.push('quit'),
			suspend: () => void done.push('suspend'),
			redraw: () => void done.push('redraw'),
			copy: async text => (done.push(`copy ${text}`) > 0 ? 'sent' : 'too-long'),
			openLink: url => done.push(`open ${url}`) > 0,
			edit: async text => `${text}, edited`,
			notify: (from, isMention) => void done.push(`notify ${from} ${isMention}`),
		},
	});
	const keys = new TalkKeys(talk);
	const waiting: KeyEvent[] = [];
	const takeAll = () => {
		for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
			const outcome = keys.take(event);
			if (outcome === 'keys') waiting.unshift(...keysOf(event));
			if (outcome instanceof Promise) {
				waiting.unshift(event);
				return void outcome.then(takeAll);
			}

			if (outcome !== 'field') continue;
			const query = talk.store.value.overlay?.query ?? '';
			keys.ask(event.kind === 'text' ? query + event.text : query.slice(0, -1));
		}
	};

	const type = (typed: string) => {
		waiting.push(...new KeyParser().push(typed));
		takeAll();
	};

	return {talk, keys, type, done};
}
