// Bug class: copying, in a real tmux: what is said of it is what was done.
import test from 'ava';
import {Tmux} from '../tmux.ts';

test.serial('a copied message is in a buffer of tmux as it is set up without a word from its user', async t => {
	const tmux = await Tmux.open(t, 'chat');
	await tmux.shows(/and new/);
	tmux.type('\u001Bmy');
	await tmux.shows(/In tmux’s buffer, and sent to the terminal/);
	t.is(tmux.run('show-buffer').trimEnd(), 'and new');
});

test.serial('where tmux cannot be asked, the option that it needs is named, and with it the text is there', async t => {
	const tmux = await Tmux.open(t, 'chat', 'PATH=/nowhere');
	await tmux.shows(/and new/);
	tmux.type('\u001Bmy');
	await tmux.shows(/This needs a setting of tmux: set -g set-clipboard on/);
	t.throws(() => tmux.run('show-buffer'), {message: /no buffers/});
	tmux.run('set-option', '-g', 'set-clipboard', 'on');
	tmux.type('y');
	await tmux.until(() => tmux.run('list-buffers') !== '', 'a buffer');
	t.is(tmux.run('show-buffer').trimEnd(), 'and new');
});
