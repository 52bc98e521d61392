// Bug class: paste, in a real tmux: buffers that it pastes marked and not, and a paste whose end is lost.
import test from 'ava';
import {Tmux} from '../tmux.ts';

test.serial(
	'a buffer of tmux is never sent, whether it is marked as a paste or not; a line with Enter is; its lines are counted',
	async t => {
		const tmux = await Tmux.open(t, 'chat');
		await tmux.shows(/and new/);
		for (const isMarked of [true, false]) {
			tmux.paste('first\nsecond\nthird\n', {isMarked});
			await tmux.shows(/3 lines were pasted: Enter sends them[^]*> first\n.*│ {3}second\n.*│ {3}third/);
			t.is(/third\n/.test(tmux.text), !isMarked, 'the last line end of a marked paste is dropped');
			tmux.type('\u0003');
			await tmux.shows(/│ >$/);
		}

		tmux.paste('/settings\r', {isMarked: false});
		await tmux.shows(/notifications/);
		t.pass();
	},
);

test.serial('a paste that tmux begins and never ends: the text is there, the help opens, Ctrl-C quits', async t => {
	const tmux = await Tmux.open(t, 'chat');
	await tmux.shows(/and new/);
	tmux.type('\u001B[200~');
	tmux.run('send-keys', '-l', 'lost');
	tmux.run('send-keys', 'Enter');
	await tmux.shows(/> lost$/);
	tmux.run('send-keys', 'F1');
	await tmux.shows(/Help/);
	for (let press = 0; press < 3; press++) tmux.run('send-keys', 'C-c');
	await tmux.until(() => tmux.isEnded, 'the end of the process');
	t.pass();
});
