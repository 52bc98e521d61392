// What the commands of the linear client may do: what those of the screen may, and say lines.
import {type Client} from '../client/facade.ts';
import {type Message} from '../client/snapshot.ts';
import {type Question, type ScreenClient, type ScreenControls} from '../ui/screen-controls.ts';

export type LinearClient = ScreenClient &
	Pick<
		Client,
		| 'loadOlder'
		| 'markRead'
		| 'onChange'
		| 'onMessage'
		| 'preferences'
		| 'reveal'
		| 'setPreferences'
		| 'subscribe'
		| 'unread'
	>;

export type LinearControls = ScreenControls & {
	readonly client: LinearClient;
	/** Lines as they are; what strangers wrote is cleaned on the way out. */
	say(...lines: readonly string[]): void;
	/** The next line that is typed answers. */
	ask(question: Question): void;
	/** Messages of the past, with what became of them. */
	recount(messages: readonly Message[]): void;
};

export type LinearCommand = {
	readonly name: string;
	readonly words: string;
	readonly help: string;
	/** `rest` is what follows the name. Throws ClientError. */
	run(linear: LinearControls, rest: string): void | Promise<void>;
};
