// What the linear client needs of the program around it, and what its commands may do: what those of the screen may, and say lines.
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

/** What the linear client of somebody who is signed in needs of the program around it. */
export type LinearTalkOptions = {
	readonly client: LinearClient;
	/** Resolves once the lines are written; never when they are not. */
	readonly say: (...lines: readonly string[]) => Promise<void>;
	/** The same for what nobody has asked for: some of it is left out where it comes faster than it is read. */
	readonly news: (...lines: readonly string[]) => void;
	/** Whether nothing is said now, since a line is half typed. */
	readonly isHeld: () => boolean;
	/** Rings, as far as the person wants that. */
	readonly notify: (from: string, isMention: boolean) => void;
	readonly quit: () => void;
	/** Local ms. */
	readonly now: () => number;
	/** `passTime` wants to be called then, local ms; undefined: it need not be. */
	readonly wake: (at: number | undefined) => void;
	/** Reading out has failed, as when the disk takes nothing. */
	readonly onError: (error: unknown) => void;
};

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
