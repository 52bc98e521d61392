// What goes out to one client: frames of one turn of the event loop together, in one write, and no more than it reads.
import {type Socket} from 'node:net';
import {type Frame, joinFrames} from '../wire/frame.ts';

/** How long the client may take to close its side after the server has closed, ms. */
export const LINGER_MS = 2000;
/** How many bytes may wait for a client that does not read. */
const UNREAD_LIMIT = 1024 * 1024;
/** How many frames of one turn wait for each other. */
const UNSENT_LIMIT = 64;

export class FrameOutlet {
	readonly #socket: Socket;
	readonly #onUnread: () => void;
	/** Frames that go out at the end of this turn, at most UNSENT_LIMIT. */
	#unsent: Frame[] | undefined;

	/** `onUnread`: the client reads too little, and its socket has been destroyed. */
	constructor(socket: Socket, onUnread: () => void) {
		this.#socket = socket;
		this.#onUnread = onUnread;
	}

	write(frame: Frame): void {
		if (this.#unsent === undefined) {
			this.#unsent = [];
			queueMicrotask(() => this.flush());
		}

		this.#unsent.push(frame);
		if (this.#unsent.length >= UNSENT_LIMIT) this.flush();
	}

	flush(): void {
		const frames = this.#unsent;
		this.#unsent = undefined;
		if (frames === undefined || this.#socket.destroyed) return;
		this.#socket.write(joinFrames(frames));
		if (this.#socket.writableLength <= UNREAD_LIMIT) return;
		// The 'close' event signs the member out. Not here: the caller may be iterating over the watchers.
		this.#onUnread();
		this.#socket.destroy();
	}
}
