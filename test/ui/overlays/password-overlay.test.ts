// Changing the password on the screen: field by field, and what the client is asked in the end.
import test from 'ava';
import {ClientError} from '../../../source/client/facade.ts';
import {SLASH_COMMANDS} from '../../../source/ui/commands.ts';
import {within} from '../../../tools/within.ts';
import {ClientTwin} from '../../twins/client.ts';
import {ScreenTwin} from './screen-twin.ts';

const STRONG = 'correct horse battery staple, twice';

async function opened(client = new ClientTwin([])) {
	const screen = new ScreenTwin(client);
	await SLASH_COMMANDS.find(({name}) => name === 'password')?.run(screen, '');
	const type = (text: string) => {
		screen.ask(text);
		return screen.press('enter');
	};

	/** Until something lies on top, or lies there no more, as `matches` says of its rows. */
	const shows = async (matches: (rows: string) => boolean) => {
		const look = async () => {
			while (!matches(screen.lines().join('\n'))) await new Promise(resolve => setImmediate(resolve));
		};

		await within(look(), 60_000, () => `it never came true of: ${screen.lines().join('\n')}`);
	};

	return {client, screen, type, shows};
}

test('the old password, the new one and the new one again: then the client is asked, and all is told', async t => {
	const {client, screen, type, shows} = await opened();
	t.true(screen.overlay?.isSecret);
	type('old one');
	type(STRONG);
	await shows(() => screen.overlay?.query === '');
	type(STRONG);
	await shows(() => screen.overlay === undefined);
	t.deepEqual(
		client.asked.filter(each => each.startsWith('changePassword')),
		[`changePassword old one ${STRONG}`],
	);
	t.true(screen.asked.some(each => each.includes('the password is changed')));
	// What was typed is drawn nowhere.
	t.false(screen.asked.some(each => each.includes(STRONG)));
});

test('a weak password is told of, one that is none is refused, and two that differ are asked for again', async t => {
	const {client, screen, type, shows} = await opened();
	type('old one');
	type('a\u200Bb');
	t.regex(screen.lines().join('\n'), /control, invisible or unassigned character/);
	type('password1');
	await shows(rows => /Weak: whoever copies this profile/.test(rows));
	type('password2');
	t.regex(screen.lines().join('\n'), /differ/);
	t.deepEqual(client.asked, []);
	t.is(screen.overlay?.query, '');
});

test('a wrong old password is told in the form, which begins anew', async t => {
	class Refusing extends ClientTwin {
		override readonly changePassword = async () => {
			throw new ClientError('wrong-password', 'wrong password: 4 tries left before a pause of 60 s');
		};
	}

	const {screen, type, shows} = await opened(new Refusing([]));
	type('not it');
	type(STRONG);
	type(STRONG);
	await shows(rows => /Wrong password: 4 tries left/.test(rows));
	t.is(screen.overlay?.query, '');
});

test('the password was changed on another device: the new one alone is asked for, and taken over', async t => {
	const client = new ClientTwin([]);
	client.put({connection: {state: 'stopped', problem: 'credentials'}});
	const {screen, type, shows} = await opened(client);
	t.regex(screen.lines().join('\n'), /was changed on another device/);
	type(STRONG);
	await shows(() => screen.overlay === undefined);
	t.deepEqual(client.asked, [`takePassword ${STRONG}`]);
	t.true(screen.asked.some(each => each.includes('is taken over')));
});
