// What the screen asks of the terminal and the desktop around it.
import {type Copied} from './terminal/clipboard.ts';
import {type Size} from './widgets/spans.ts';

export type TerminalActions = {
	readonly size: () => Size;
	readonly quit: () => void;
	readonly suspend: () => void;
	readonly redraw: () => void;
	/** Gives a text to the clipboard; what was done. */
	readonly copy: (text: string) => Promise<Copied>;
	/** False when nothing here opens links. */
	readonly openLink: (url: string) => boolean;
	/** Opens the person's editor on a text; the text that it leaves. Rejects with words that say why not. */
	readonly edit: (text: string) => Promise<string>;
	/** Notifies of a message that the person does not see. */
	readonly notify: (from: string, isMention: boolean) => void;
};
