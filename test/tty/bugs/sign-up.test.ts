// Signing up in a terminal: what is typed is checked where it stands.
import test from 'ava';
import {StagedScreen} from '../stage/staged-screen.ts';

const LINK = `simchat://chat.example.org:7406/#${'A'.repeat(43)}`;

test.serial('each field is checked when it is left, with the error under it and the cursor in it', async t => {
	const {screen} = await StagedScreen.open(t, 'sign-up');
	await screen.shows(/sign up/);
	screen.type('https://chat.example.org\r');
	await screen.shows(/join link +https:.*\n *│ {13}That is no join link[^]*\n *│ name/);
	await screen.until(() => screen.cursor.y === 7, 'the cursor in the field');
	screen.type(`\u0015${LINK}\r`);
	await screen.shows(/join link +….*A +│\n *│ name/);
	screen.type('9 lives\t');
	await screen.shows(/name +9 lives *│\n *│ {13}That is no name/);
	await screen.until(() => screen.cursor.y === 8, 'the cursor in the field');
	screen.type('\u0015alice\rone\rtwo\r');
	await screen.shows(/password *│\n *│ {13}The two passwords differ: type both again\. *│\n *│ again *│\n/);
	await screen.until(() => screen.cursor.y === 9, 'the cursor in the field');
	t.pass();
});

test.serial('the name of the invite is filled in', async t => {
	const {screen} = await StagedScreen.open(t, 'sign-up');
	await screen.shows(/sign up/);
	screen.type(`${LINK}?invite=abc:alice\r`);
	await screen.shows(/name +alice *│\n *│ password/);
	await screen.until(() => screen.cursor.y === 9, 'the cursor in the password');
	t.pass();
});

test.serial('a weak password is said under its field', async t => {
	const {screen} = await StagedScreen.open(t, 'sign-up', {columns: 59, rows: 20});
	await screen.shows(/sign up/);
	screen.type(`${LINK}\ralice\rhunter2\r`);
	await screen.shows(/password +•{7} *│\n│ {13}Weak: whoever copies this profile guesses/);
	screen.type('\u001B[Z\u0015correct horse battery staple\r');
	await screen.shows(/password +•{28} *│\n│ again/);
	t.pass();
});

test.serial('on a screen of five rows the field and what is wrong with it are there', async t => {
	const {screen} = await StagedScreen.open(t, 'sign-up', {columns: 20, rows: 5});
	await screen.shows(/sign up/);
	screen.type(`${LINK}\r9\r`);
	await screen.shows(/name +9 *\n +That is/);
	t.pass();
});
