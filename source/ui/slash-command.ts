// What a slash command is.
import {catalogue} from '../catalogue/catalogue.ts';
import {type ScreenControls} from './screen-controls.ts';

export type SlashCommand = {
	readonly name: string;
	/** What follows the name; words in brackets may be left out. */
	readonly words: string;
	readonly help: string;
	/** `rest` is what follows the name. Throws ClientError. */
	run(screen: ScreenControls, rest: string): void | Promise<void>;
};

/** A command whose words and help are those of the catalogue, read there when they are shown. */
export function slashCommand(
	name: keyof typeof catalogue.slashCommands,
	run: (screen: ScreenControls, rest: string) => void | Promise<void>,
): SlashCommand {
	return {
		name,
		get words() {
			return catalogue.slashCommands[name].words;
		},
		get help() {
			return catalogue.slashCommands[name].help;
		},
		run,
	};
}
