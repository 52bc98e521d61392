// Signing up, joining and signing in, without a terminal: the fields, what is wrong with each, the phase, and what went wrong.
import {catalogue} from '../../catalogue/catalogue.ts';
import {
	type Client,
	ClientError,
	deviceLinkIn,
	invitedName,
	passwordWeakness,
	signUpCheck,
} from '../../client/facade.ts';
import {ValueStore} from '../hooks/value-store.ts';
import {type KeyEvent, keyName} from '../input/key-events.ts';
import {errorWords} from '../text/error-words.ts';
import {safeText} from '../text/safe.ts';

/** In this order; to sign in there is the password alone. */
type FieldLabel = 'join link' | 'name' | 'password' | 'again' | 'device';

export type FormField = {
	readonly label: FieldLabel;
	readonly value: string;
	/** Drawn as dots. */
	readonly isSecret: boolean;
	/** What is wrong with the value, or ''; the field that has it was left or refused. */
	readonly problem: string;
	/** What the person should know of the value, which is taken all the same, or ''. */
	readonly advice: string;
};

export type Phase =
	| {readonly kind: 'form'}
	/** The key is made from the password, and the server is asked. */
	| {readonly kind: 'working'}
	/** A device of the account is to let this one in; `waits`: 'asked' those that are online, 'absent' as none is. */
	| {readonly kind: 'joining'; readonly waits: 'asked' | 'absent'}
	/** Local ms; `seconds` in all. */
	| {readonly kind: 'locked'; readonly until: number; readonly seconds: number}
	/** Another server answers in place of the known one: there is no way on from here. */
	| {readonly kind: 'server-key'; readonly words: string};

export type EntranceState = {
	readonly fields: readonly FormField[];
	/** The field that the cursor is in. */
	readonly focus: number;
	readonly phase: Phase;
	/** The account that this becomes a device of, when the link is for that. */
	readonly joins: ReturnType<typeof deviceLinkIn>;
	/** What went wrong last and is about no field, or ''. */
	readonly problem: string;
};

export type EntranceClient = Pick<Client, 'account' | 'caught' | 'join' | 'lockedUntil' | 'signUp' | 'signIn'>;

export type EntranceOptions = {
	readonly client: EntranceClient;
	readonly joinLink: string | undefined;
	readonly quit: () => void;
	readonly now: () => number;
	/** What this machine calls itself: what a device that joins is called unless the person says otherwise. */
	readonly hostName: string;
	/** What is told of a weak password. */
	readonly measure?: typeof passwordWeakness;
};

/** The field that a refusal of the server is about, by its code. */
const REFUSED: Readonly<Partial<Record<ClientError['code'], FieldLabel>>> = {
	'bad-link': 'join link',
	'invite-invalid': 'join link',
	'registration-closed': 'join link',
	'bad-name': 'name',
	'name-taken': 'name',
	'bad-password': 'password',
	'bad-device': 'device',
};

export class Entrance {
	readonly store: ValueStore<EntranceState>;
	readonly #client: EntranceClient;
	readonly #quit: () => void;
	readonly #measure: typeof passwordWeakness;
	readonly #hostName: string;
	/** Ends the joining that is under way. */
	#joining: AbortController | undefined;
	/** Local ms. */
	readonly now: () => number;

	constructor({client, joinLink, quit, now, hostName, measure = passwordWeakness}: EntranceOptions) {
		this.#client = client;
		this.#quit = quit;
		this.#measure = measure;
		this.#hostName = hostName;
		this.now = now;
		const {account} = client;
		const fields = account === undefined ? newFields(joinLink ?? '', hostName) : [field('password', true)];
		const isForAnother = account !== undefined && joinLink !== undefined;
		this.store = new ValueStore<EntranceState>({
			fields,
			focus: Math.max(
				0,
				fields.findIndex(({value}) => value === ''),
			),
			phase: this.#lock() ?? {kind: 'form'},
			joins: account === undefined ? deviceLinkIn(joinLink ?? '') : undefined,
			problem: isForAnother ? catalogue.entrance.forAnother(account.name) : '',
		});
		// A link from the command line was left before the screen came.
		const problem = fields[0]?.label === 'join link' && joinLink !== undefined ? this.#problemOf(fields[0]) : '';
		if (problem !== '') this.#refuse('join link', problem);
	}

	readonly take = (event: KeyEvent): 'field' | 'keys' | void => {
		const key = event.kind === 'key' ? keyName(event) : '';
		if (key === 'ctrl-c') return this.#clearOrQuit();
		if (key === 'escape' && this.store.value.phase.kind === 'joining') return this.#joining?.abort();
		if (this.store.value.phase.kind !== 'form') return;
		// Each line of a paste fills one field; nothing is sent to anybody.
		if (event.kind === 'paste' && event.keys !== undefined) return 'keys';
		if (event.kind === 'text' || event.kind === 'paste' || key === 'backspace') return 'field';
		// Enter, as a terminal gives it that was typed into before the screen was there.
		if (key === 'enter' || key === 'ctrl-j') return this.#advance();
		if (key === 'tab' || key === 'down') return this.#leave(1);
		if (key === 'shift-tab' || key === 'up') return this.#leave(-1);
		if (key === 'ctrl-u' || key === 'ctrl-w') this.put('');
	};

	/** What is signed up for, joined or signed in to. */
	get title(): string {
		const {joins} = this.store.value;
		const {account} = this.#client;
		if (joins !== undefined) return catalogue.devices.joinTitle(joins.name, joins.server);
		const {signUpTitle, signInTitle} = catalogue.entrance;
		return account === undefined ? signUpTitle : signInTitle(account.name, account.server);
	}

	/** What the field with the cursor holds now. */
	readonly put = (value: string): void => {
		const {fields, focus, joins} = this.store.value;
		const isLink = fields[focus]?.label === 'join link';
		const account = isLink ? deviceLinkIn(value) : joins;
		if ((account === undefined) !== (joins === undefined)) {
			return this.store.put({fields: newFields(value, this.#hostName), joins: account, problem: ''});
		}

		if (isLink) this.store.put({joins: account});
		this.store.put({
			fields: fields.map((one, index) => (index === focus ? {...one, value, problem: '', advice: ''} : one)),
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

	get #isNew(): boolean {
		return this.#client.account === undefined;
	}

	/** To the next field or the one before. What is wrong keeps the cursor from going on, and not from going back. */
	#leave(step: 1 | -1): void {
		const {fields, focus} = this.store.value;
		// Who goes back to the first of two passwords has not typed the second one to its end.
		const isRight = (step === -1 && fields[focus]?.label === 'again') || this.#checkCurrent();
		if (isRight || step === -1) this.store.put({focus: (focus + step + fields.length) % fields.length});
	}

	/** To what is still empty or wrong; once nothing is, the form is sent. */
	#advance(): void {
		if (!this.#checkCurrent()) return;
		const {fields, focus} = this.store.value;
		if (fields[focus]?.value === '') return;
		const next = fields.findIndex((one, index) => index > focus && isOpen(one));
		const missing = next === -1 ? fields.findIndex(isOpen) : next;
		if (missing !== -1) return this.store.put({focus: missing});
		const wrong = fields.find(one => this.#problemOf(one) !== '');
		if (wrong !== undefined) return this.#refuse(wrong.label, this.#problemOf(wrong));
		void this.#submit(fields.map(({value}) => value));
	}

	/** The cursor is about to leave its field: what is wrong with it is said there. An empty one is not wrong yet. */
	#checkCurrent(): boolean {
		const {fields, focus} = this.store.value;
		const current = fields[focus];
		if (current === undefined || current.value === '' || !this.#isNew) return true;
		const problem = this.#problemOf(current);
		if (problem !== '') {
			this.#refuse(current.label, problem);
			return false;
		}

		if (current.label === 'join link') this.#fillName(current.value);
		if (current.label === 'password' && current.advice === '' && !this.#joins) void this.#weigh(current.value);
		return true;
	}

	/** '' for what is right. */
	#problemOf({label, value}: FormField): string {
		if (!this.#isNew) return '';
		switch (label) {
			case 'join link':
				return this.#joins ? '' : (signUpCheck.link(value) ?? '');
			case 'name':
				return signUpCheck.name(value, this.#valueOf('join link')) ?? '';
			case 'password':
				return signUpCheck.password(value) ?? '';
			case 'device':
				return signUpCheck.device(value) ?? '';
			default:
				return value === this.#valueOf('password') ? '' : catalogue.entrance.different;
		}
	}

	get #joins(): boolean {
		return this.store.value.joins !== undefined;
	}

	#valueOf(label: FieldLabel): string {
		return this.store.value.fields.find(one => one.label === label)?.value ?? '';
	}

	#change(label: FieldLabel, change: Partial<FormField>): void {
		const {fields} = this.store.value;
		this.store.put({fields: fields.map(one => (one.label === label ? {...one, ...change} : one))});
	}

	#fillName(link: string): void {
		const invited = invitedName(link);
		if (invited !== undefined && this.#valueOf('name') === '') this.#change('name', {value: invited});
	}

	/** Says that a password is weak, if it still is there. */
	async #weigh(password: string): Promise<void> {
		try {
			const advice = await this.#measure(password, [this.#valueOf('name')]);
			if (advice !== undefined && this.#valueOf('password') === password) this.#change('password', {advice});
		} catch (error) {
			this.#client.caught('strength of a password', error);
		}
	}

	async #submit([first = '', name = '', password = '']: readonly string[]): Promise<void> {
		this.store.put({phase: {kind: 'working'}, problem: ''});
		try {
			if (this.#joins) return await this.#join(first.trim());
			await (this.#isNew ? this.#client.signUp(first.trim(), name.trim(), password) : this.#client.signIn(first));
		} catch (error) {
			this.#explain(error);
		}
	}

	/** Goes back to the form, without a word, when the person does not want to wait. */
	async #join(link: string): Promise<void> {
		const joining = new AbortController();
		this.#joining = joining;
		try {
			await this.#client.join(link, this.#valueOf('password'), this.#valueOf('device'), {
				signal: joining.signal,
				onWait: waits => this.store.put({phase: {kind: 'joining', waits}}),
			});
		} catch (error) {
			if (!joining.signal.aborted) throw error;
			this.store.put({phase: {kind: 'form'}, problem: ''});
		} finally {
			this.#joining = undefined;
		}
	}

	#explain(error: unknown): void {
		const words = errorWords(error);
		const code = error instanceof ClientError ? error.code : undefined;
		if (code === 'server-key') return this.store.put({phase: {kind: 'server-key', words}});
		this.store.put({phase: {kind: 'form'}, problem: ''});
		const label = this.#isNew && code !== undefined ? REFUSED[code] : undefined;
		if (label !== undefined) return this.#refuse(label, words);
		if (code === 'wrong-password' || code === 'locked') this.#change('password', {value: ''});
		this.store.put({problem: words});
		const lock = code === 'locked' ? this.#lock() : undefined;
		if (lock !== undefined) this.store.put({phase: lock});
	}

	/** Shows `words` at a field, with the cursor in it. Of passwords that differ nobody knows which one is right. */
	#refuse(label: FieldLabel, words: string): void {
		const isDifferent = label === 'again';
		if (isDifferent) this.#change('again', {value: ''});
		const refused = isDifferent ? 'password' : label;
		this.#change(refused, isDifferent ? {value: '', problem: words, advice: ''} : {problem: words});
		const focus = this.store.value.fields.findIndex(one => one.label === refused);
		this.store.put({focus: Math.max(0, focus)});
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

function isOpen({value, problem}: FormField): boolean {
	return value === '' || problem !== '';
}

/** Of a profile without an account. A device link has the name in it; with a join link the name is that of the invite. */
function newFields(link: string, hostName: string): FormField[] {
	const value = safeText(link, {newlines: false});
	if (deviceLinkIn(link) !== undefined) {
		const device = safeText(hostName, {newlines: false});
		return [{...field('join link', false), value}, field('password', true), {...field('device', false), value: device}];
	}

	return [
		{...field('join link', false), value},
		{...field('name', false), value: invitedName(value) ?? ''},
		field('password', true),
		field('again', true),
	];
}

function field(label: FieldLabel, isSecret: boolean): FormField {
	return {label, isSecret, value: '', problem: '', advice: ''};
}
