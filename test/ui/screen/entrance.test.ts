// Signing up and in, key by key, without a terminal.
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {ClientError} from '../../../source/client/facade.ts';
import {type KeyEvent} from '../../../source/ui/input/key-events.ts';
import {KeyParser} from '../../../source/ui/input/key-parser.ts';
import {Entrance, type EntranceClient} from '../../../source/ui/screens/entrance.ts';

type Twin = {-readonly [Key in keyof EntranceClient]: EntranceClient[Key]};

function entranceWith(part: Partial<EntranceClient>, joinLink?: string) {
	const asked: string[][] = [];
	const ends: string[] = [];
	const client: Twin = {
		account: {name: 'alice', server: 'h:1'},
		lockedUntil: undefined,
		signUp: async (...words) => void asked.push(words),
		signIn: async (...words) => void asked.push(words),
		...part,
	};
	let now = 0;
	const field = (event: KeyEvent) => {
		const {fields, focus} = entrance.store.value;
		entrance.put(`${fields[focus]?.value}${event.kind === 'text' ? event.text : ''}`);
	};

	const entrance = new Entrance({client, joinLink, quit: () => ends.push('quit'), now: () => now});
	const type = (keys: string) => {
		for (const event of new KeyParser().push(keys)) if (entrance.take(event) === 'field') field(event);
	};

	return {entrance, client, type, asked, ends, at: (ms: number) => (now = ms)};
}

test('a new profile asks for link, name and password, and goes on when all are there', async t => {
	const {entrance, type, asked} = entranceWith({account: undefined}, 'simchat://h:1/#key');
	t.is(entrance.store.value.focus, 1);
	type('alice\rsecret\rsecrets\r');
	t.regex(entrance.store.value.problem, /differ/);
	t.deepEqual(asked, []);
	type('secret\rsecret\r');
	await turn();
	t.deepEqual(asked, [['simchat://h:1/#key', 'alice', 'secret']]);
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
