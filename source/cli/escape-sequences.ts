// Which typed characters belong to escape sequences, as arrow keys send them: they write nothing.
const ESC = '\u001B';

export class EscapeSequences {
	#state: 'none' | 'started' | 'sequence' = 'none';

	/** Whether the next character, `key`, belongs to one. */
	takes(key: string): boolean {
		const before = this.#state;
		if (key === ESC) this.#state = 'started';
		else if (before === 'started') this.#state = key === '[' || key === 'O' ? 'sequence' : 'none';
		else if (before === 'sequence' && /[@-~]/.test(key)) this.#state = 'none';
		return key === ESC || before !== 'none';
	}
}
