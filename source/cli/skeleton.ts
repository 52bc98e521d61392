// What the full screen shows before it is loaded: an empty frame with its title, which takes a tenth of the time.
import process from 'node:process';

/** The alternate screen, empty but for a bold title where the title comes, and the cursor in front of it: that is drawn over. */
const SHOW = '\u001B[?1049h\u001B[2J\u001B[H\u001B[1msimchat\u001B[22m\u001B[H';
const HIDE = '\u001B[?1049l';
const ENDS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Whether these words of a command line open the full screen; when in doubt they do not. */
export function wantsScreen([word, ...rest]: readonly string[]): boolean {
	if (word === undefined) return true;
	if (word === '--profile' || word === '--port') return rest.length > 0 && wantsScreen(rest.slice(1));
	return ['simchat:', '--profile=', '--port='].some(start => word.startsWith(start)) && wantsScreen(rest);
}

export class Skeleton {
	readonly #write: (text: string) => void;
	#isShown = false;

	constructor(write: (text: string) => void) {
		this.#write = write;
	}

	/** Until `handOver` or `hide`; whatever ends the process before that gives the terminal back. */
	show(): void {
		this.#isShown = true;
		for (const signal of ENDS) process.on(signal, this.#end);
		process.on('SIGTSTP', this.#stay);
		process.on('exit', this.hide);
		this.#write(SHOW);
	}

	/** The screen is drawn by somebody else from here on, who gives the terminal back, too. */
	handOver(): void {
		this.#isShown = false;
		for (const signal of ENDS) process.off(signal, this.#end);
		process.off('SIGTSTP', this.#stay);
		process.off('exit', this.hide);
	}

	/** Gives the terminal back, if nobody else does: what is written next is for the person to read. */
	readonly hide = (): void => {
		if (!this.#isShown) return;
		this.handOver();
		this.#write(HIDE);
	};

	readonly #end = (signal: NodeJS.Signals): void => {
		this.hide();
		process.kill(process.pid, signal);
	};

	/** Ctrl-Z waits for the screen, which knows how to stop. */
	readonly #stay = (): void => {};
}
