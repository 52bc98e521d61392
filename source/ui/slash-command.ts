// What a slash command is.
import {type ScreenControls} from './screen-controls.ts';

export type SlashCommand = {
	readonly name: string;
	/** What follows the name; words in brackets may be left out. */
	readonly words: string;
	readonly help: string;
	/** `rest` is what follows the name. Throws ClientError. */
	run(screen: ScreenControls, rest: string): void | Promise<void>;
};
