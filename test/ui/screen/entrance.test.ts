// Signing up and in, key by key, without a terminal.
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {ClientError} from '../../../source/client/facade.ts';
import {type KeyEvent} from '../../../source/ui/input/key-events.ts';
import {KeyParser} from '../../../source/ui/input/key-parser.ts';
import {Entrance, type EntranceClient, type EntranceOptions} from '../../../source/ui/screens/entrance.ts';

type Twin = {-readonly [Key in keyof EntranceClient]: EntranceClient[Key]};

const KEY = 'A'.repeat(43);
const LINK = `simchat://h:1/#${KEY}`;

function entranceWith(part: Partial<EntranceClient>, joinLink?: string, measure?: EntranceOptions['measure']) {
	const asked: string[][] = [];
	const ends: string[] = [];
	const client: Twin = {
		account: {name: 'alice', server: 'h:1'},
		lockedUntil: undefined,
		caught: what => ends.push(what),
		join: async (...words) => void asked.push(words.map(word => (typeof word === 'string' ? word : 'waiting'))),
		signUp: async (...words) => void asked.push(words),
		signIn: async (...words) => void asked.push(words),
		...part,
	};
	let now = 0;
	const field = (event: KeyEvent) => {
		const {fields, focus} = entrance.store.value;
		entrance.put(`${fields[focus]?.value}${event.kind === 'text' ? event.text : ''}`);
	};

	const entrance = new Entrance({
		client,
		joinLink,
		quit: () => ends.push('quit'),
		now: () => now,
		hostName: 'study',
		...(measure && {measure}),
	});
	const type = (keys: string) => {
		for (const event of new KeyParser().push(keys)) if (entrance.take(event) === 'field') field(event);
	};

	return {entrance, client, type, asked, ends, at: (ms: number) => (now = ms)};
}

/** The label of the field with the cursor, and what is wrong with it. */
function focused({store}: Entrance): readonly [label: string | undefined, problem: string] {
	const {fields, focus} = store.value;
	const {label, problem = ''} = fields[focus] ?? {};
	return [label, problem];
}

const valueOf = ({store}: Entrance, label: string) => store.value.fields.find(each => each.label === label)?.value;

test('a new profile asks for link, name and password, and goes on when all are there', async t => {
	const {entrance, type, asked} = entranceWith({account: undefined}, LINK);
	t.is(entrance.store.value.focus, 1);
	type('alice\rsecret\rsecrets\r');
	t.regex(focused(entrance).join(), /^password,.*differ/);
	t.deepEqual([valueOf(entrance, 'password'), valueOf(entrance, 'again')], ['', '']);
	t.deepEqual(asked, []);
	type('secret\rsecret\r');
	await turn();
	t.deepEqual(asked, [[LINK, 'alice', 'secret']]);
});

test('each field is checked when it is left: what is wrong is said there, and the cursor goes back, not on', async t => {
	const {entrance, type, asked} = entranceWith({account: undefined});
	for (const leave of ['\r', '\t', '\u001B[B']) {
		type(`simchat://nowhere${leave}`);
		t.regex(focused(entrance).join(), /^join link,that is no join link/);
		type('\u0015');
		t.is(focused(entrance)[1], '');
	}

	type(`${LINK}\r9lives\t`);
	t.regex(focused(entrance).join(), /^name,that is no name/);
	type('\u001B[Z');
	t.deepEqual(focused(entrance), ['join link', '']);
	type('\r\u0015alice\r');
	type('a\u00ADb\r');
	t.regex(focused(entrance).join(), /^password,.*invisible/);
	type('\u0015secret\rsecre');
	// Who goes back to the password has not typed the second one to its end.
	type('\u001B[Z');
	t.deepEqual(focused(entrance), ['password', '']);
	type('\ts\r');
	t.regex(focused(entrance).join(), /^password,.*differ/);
	t.deepEqual(asked, []);
});

test('the name of an invite is filled in, and no other one goes with it', t => {
	const invite = `${LINK}?invite=abc:alice`;
	const {entrance} = entranceWith({account: undefined}, invite);
	t.is(valueOf(entrance, 'name'), 'alice');
	t.deepEqual(focused(entrance), ['password', '']);

	const typed = entranceWith({account: undefined});
	typed.type(`${invite}\r`);
	t.is(valueOf(typed.entrance, 'name'), 'alice');
	t.deepEqual(focused(typed.entrance), ['password', '']);
	typed.type('\u001B[Z\u0015bob\r');
	t.regex(focused(typed.entrance).join(), /^name,the invite is for alice/);
});

test('a link from the command line that is none is said at once', t => {
	const {entrance} = entranceWith({account: undefined}, 'simchat://h:1/#key');
	t.regex(focused(entrance).join(), /^join link,that is no join link/);
});

test('what the server refuses is said at the field that it is about, and the others keep what was typed', async t => {
	const {entrance, type, client, asked} = entranceWith({account: undefined}, LINK);
	client.signUp = async () => {
		throw new ClientError('name-taken', 'that name is taken: choose another');
	};
	type('alice\rsecret\rsecret\r');
	await turn();
	t.deepEqual(focused(entrance), ['name', 'that name is taken: choose another']);
	client.signUp = async (...words) => void asked.push(words);
	type('\u0015alice2\r');
	await turn();
	t.deepEqual(asked, [[LINK, 'alice2', 'secret']]);
});

test('a weak password is said when its field is left, and is taken all the same', async t => {
	const {entrance, type, asked} = entranceWith({account: undefined}, LINK, async (password, known) =>
		password === 'secret' ? `weak ${known.join()}` : undefined,
	);
	const advice = () => entrance.store.value.fields.find(({label}) => label === 'password')?.advice;
	type('alice\rsecret\r');
	await turn();
	t.is(advice(), 'weak alice');
	t.deepEqual(focused(entrance), ['again', '']);
	type('\u001B[Zs');
	t.is(advice(), '');
	type('\u0015four words at random\r');
	await turn();
	t.is(advice(), '');
	type('\u001B[Z\u0015secret\rsecret\r');
	await turn();
	t.deepEqual(asked, [[LINK, 'alice', 'secret']]);

	const failing = entranceWith({account: undefined}, LINK, async () => {
		throw new Error('no word list');
	});
	failing.type('alice\rsecret\r');
	await turn();
	t.deepEqual(failing.ends, ['strength of a password']);
});

test('the server’s lockout takes the form away until it is over', async t => {
	const {entrance, client, type, asked, at} = entranceWith({
		async signIn() {
			throw new ClientError('locked', 'too many', {retryAfter: 60});
		},
	});
	client.lockedUntil = 60_000;
	type('wrong\r');
	await turn();
	t.deepEqual(entrance.store.value.phase, {kind: 'locked', until: 60_000, seconds: 60});
	type('again\r');
	at(59_999);
	entrance.unlock();
	t.is(entrance.store.value.phase.kind, 'locked');
	at(60_000);
	entrance.unlock();
	t.is(entrance.store.value.phase.kind, 'form');
	t.is(entrance.store.value.fields[0]?.value, '');
	t.deepEqual(asked, []);
});

test('a lockout is there from the start', t => {
	const {entrance} = entranceWith({lockedUntil: 12_000});
	t.deepEqual(entrance.store.value.phase, {kind: 'locked', until: 12_000, seconds: 12});
});

test('a password and Enter that were typed before the screen was there sign in', async t => {
	const tried: string[] = [];
	const {type} = entranceWith({
		async signIn(password) {
			tried.push(password);
		},
	});
	type('secret\n');
	await turn();
	t.deepEqual(tried, ['secret']);
});

test('behind another server key nothing goes on', async t => {
	let tries = 0;
	const {entrance, type, ends} = entranceWith({
		async signIn() {
			tries++;
			throw new ClientError('server-key', 'the server has another key');
		},
	});
	type('secret\r');
	await turn();
	type('\r\ry \u001B[B\r');
	await turn();
	t.is(entrance.store.value.phase.kind, 'server-key');
	t.is(tries, 1);
	type('\u0003');
	t.deepEqual(ends, ['quit']);
});

const DEVICE_LINK = `${LINK}?name=alice&device=${'B'.repeat(85)}A`;

test('a device link asks for the password and what the device is called, and for no name', async t => {
	const {entrance, type, asked} = entranceWith({account: undefined}, DEVICE_LINK);
	t.regex(entrance.title, /join as alice at h:1/);
	t.deepEqual(
		entrance.store.value.fields.map(({label, value}) => [label, value === DEVICE_LINK ? 'link' : value]),
		[
			['join link', 'link'],
			['password', ''],
			['device', 'study'],
		],
	);
	type('secret\t\u0015the laptop\r');
	await turn();
	t.deepEqual(asked, [[DEVICE_LINK, 'secret', 'the laptop', 'waiting']]);
});

test('a link that is typed decides what is asked for, and a device without a name is none', async t => {
	const {entrance, type, asked} = entranceWith({account: undefined});
	const labels = () => entrance.store.value.fields.map(({label}) => label);
	t.deepEqual(labels(), ['join link', 'name', 'password', 'again']);
	type(DEVICE_LINK);
	t.deepEqual(labels(), ['join link', 'password', 'device']);
	type('\tsecret\t\u0015 \r');
	await turn();
	t.deepEqual(focused(entrance)[0], 'device');
	t.regex(focused(entrance)[1], /needs a name of its own/);
	t.deepEqual(asked, []);
	type('\u001B[Z\u001B[Z\u0015');
	t.deepEqual(labels(), ['join link', 'name', 'password', 'again']);
});

test('who waits to be let in is told what for, and Escape goes back to the form', async t => {
	const {promise, reject} = Promise.withResolvers<void>();
	const {entrance, type} = entranceWith(
		{
			account: undefined,
			async join(_link, _password, _label, {onWait, signal} = {}) {
				onWait?.('asked');
				onWait?.('absent');
				signal?.addEventListener('abort', () => reject(new ClientError('refused', 'stopped')));
				return promise;
			},
		},
		DEVICE_LINK,
	);
	type('secret\r');
	await turn();
	t.deepEqual(entrance.store.value.phase, {kind: 'joining', waits: 'absent'});
	type('\u001B[27u');
	await turn();
	t.like(entrance.store.value, {phase: {kind: 'form'}, problem: ''});
});

test('what is wrong with a device link is said at the link, and a wrong password empties that field alone', async t => {
	let error = new ClientError('invite-invalid', 'nobody has answered');
	const {entrance, type} = entranceWith({account: undefined, join: async () => Promise.reject(error)}, DEVICE_LINK);
	type('secret\r');
	await turn();
	t.deepEqual(focused(entrance), ['join link', 'nobody has answered']);
	error = new ClientError('wrong-password', 'wrong: 4 tries left');
	entrance.put(DEVICE_LINK);
	type('\r\r');
	await turn();
	t.is(entrance.store.value.problem, 'wrong: 4 tries left');
	t.deepEqual(
		entrance.store.value.fields.map(({value}) => value),
		[DEVICE_LINK, '', 'study'],
	);
});
