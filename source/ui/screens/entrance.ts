// Signing up and signing in, without a terminal: the fields, the phase, and what went wrong.
import {type Client, ClientError} from '../../client/facade.ts';
import {ValueStore} from '../hooks/value-store.ts';
import {type KeyEvent, keyName} from '../input/key-events.ts';
import {errorWords} from '../text/error-words.ts';
import {safeText} from '../text/safe.ts';

export type FormField = {
	readonly label: string;
	readonly value: string;
	/** Drawn as dots. */
	readonly isSecret: boolean;
};

export type Phase =
	| {readonly kind: 'form'}
	/** The key is made from the password, and the server is asked. */
	| {readonly kind: 'working'}
	/** Local ms; `seconds` in all. */
	| {readonly kind: 'locked'; readonly until: number; readonly seconds: number}
	/** Another server answers in place of the known one: there is no way on from here. */
	| {readonly kind: 'server-key'; readonly words: string};

export type EntranceState = {
	readonly fields: readonly FormField[];
	/** The field that the cursor is in. */
	readonly focus: number;
	readonly phase: Phase;
	/** What went wrong last, or ''. */
	readonly problem: string;
};

export type EntranceClient = Pick<Client, 'account' | 'lockedUntil' | 'signUp' | 'signIn'>;

export type EntranceOptions = {
	readonly client: EntranceClient;
	readonly joinLink: string | undefined;
	readonly quit: () => void;
	readonly now: () => number;
};

export class Entrance {
	readonly store: ValueStore<EntranceState>;
	readonly #client: EntranceClient;
	readonly #quit: () => void;
	/** Local ms. */
	readonly now: () => number;

	constructor({client, joinLink, quit, now}: EntranceOptions) {
		this.#client = client;
		this.#quit = quit;
		this.now = now;
		const {account} = client;
		const fields = account === undefined ? signUpFields(joinLink) : [field('password', true)];
		const isForAnother = account !== undefined && joinLink !== undefined;
		this.store = new ValueStore<EntranceState>({
			fields,
			focus: account === undefined && joinLink !== undefined ? 1 : 0,
			phase: this.#lock() ?? {kind: 'form'},
			problem: isForAnother
				? `this profile is ${account.name}'s already: for a second account start simchat with --profile DIR`
				: '',
		});
	}

	readonly take = (event: KeyEvent): 'field' | 'keys' | void => {
		const key = event.kind === 'key' ? keyName(event) : '';
		if (key === 'ctrl-c') return this.#clearOrQuit();
		if (this.store.value.phase.kind !== 'form') return;
		// Each line of a paste fills one field; nothing is sent to anybody.
		if (event.kind === 'paste' && event.keys !== undefined) return 'keys';
		if (event.kind === 'text' || event.kind === 'paste' || key === 'backspace') return 'field';
		if (key === 'enter') return this.#advance();
		if (key === 'tab' || key === 'down') return this.#move(1);
		if (key === 'shift-tab' || key === 'up') return this.#move(-1);
		if (key === 'ctrl-u' || key === 'ctrl-w') this.put('');
	};

	/** What the field with the cursor holds now. */
	readonly put = (value: string): void => {
		const {fields, focus} = this.store.value;
		this.store.put({
			fields: fields.map((one, index) => (index === focus ? {...one, value} : one)),
			problem: '',
		});
	};

	/** Ms that are left of the lockout. Of the client's two clocks, the one with less left counts. */
	readonly left = (): number => {
		const until = this.#client.lockedUntil;
		return until === undefined ? 0 : until - this.now();
	};

	/** Shows the form again after a lockout. */
	unlock(): void {
		const {phase} = this.store.value;
		if (phase.kind === 'locked' && this.left() <= 0) {
			this.store.put({phase: {kind: 'form'}, problem: ''});
		}
	}

	#move(step: number): void {
		const {fields, focus} = this.store.value;
		this.store.put({focus: (focus + step + fields.length) % fields.length});
	}

	#advance(): void {
		const {fields, focus} = this.store.value;
		const missing = fields.findIndex(({value}) => value === '');
		if (missing !== -1) return this.store.put({focus: missing > focus ? missing : Math.min(missing, focus)});
		if (focus < fields.length - 1) return this.#move(1);
		void this.#submit(fields.map(({value}) => value));
	}

	async #submit([first = '', name = '', password = '', again = '']: readonly string[]): Promise<void> {
		const isNew = this.#client.account === undefined;
		if (isNew && password !== again)
			return this.#refuse('the passwords differ: type both again', ['password', 'again']);
		this.store.put({phase: {kind: 'working'}, problem: ''});
		try {
			await (isNew ? this.#client.signUp(first.trim(), name.trim(), password) : this.#client.signIn(first));
		} catch (error) {
			this.#explain(error);
		}
	}

	#explain(error: unknown): void {
		const words = errorWords(error);
		const code = error instanceof ClientError ? error.code : undefined;
		if (code === 'server-key') return this.store.put({phase: {kind: 'server-key', words}});
		const isPassword = code === 'wrong-password' || code === 'locked';
		this.#refuse(words, isPassword ? ['password'] : []);
		const lock = code === 'locked' ? this.#lock() : undefined;
		if (lock !== undefined) this.store.put({phase: lock});
	}

	/** Shows the form again with `words`; the fields in `cleared` are emptied. */
	#refuse(words: string, cleared: readonly string[]): void {
		const fields = this.store.value.fields.map(one => (cleared.includes(one.label) ? {...one, value: ''} : one));
		const first = fields.findIndex(({label}) => cleared.includes(label));
		const focus = first === -1 ? this.store.value.focus : first;
		this.store.put({fields, focus, phase: {kind: 'form'}, problem: words});
	}

	#lock(): Phase | undefined {
		const until = this.#client.lockedUntil;
		if (until === undefined) return undefined;
		return {kind: 'locked', until, seconds: Math.max(1, Math.ceil((until - this.now()) / 1000))};
	}

	#clearOrQuit(): void {
		const {fields, focus, phase} = this.store.value;
		const current = fields[focus];
		if (phase.kind !== 'form' || current === undefined || current.value === '') return this.#quit();
		this.put('');
	}
}

function signUpFields(joinLink: string | undefined): FormField[] {
	const link = field('join link', false);
	return [
		joinLink === undefined ? link : {...link, value: safeText(joinLink, {newlines: false})},
		field('name', false),
		field('password', true),
		field('again', true),
	];
}

function field(label: string, isSecret: boolean): FormField {
	return {label, isSecret, value: ''};
}
