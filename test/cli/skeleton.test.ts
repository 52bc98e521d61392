// Which command lines open the full screen, and so show its frame before anything is loaded.
import test from 'ava';
import {wantsScreen} from '../../source/cli/skeleton.ts';

test('the screen comes without words, with a link, and with the flags that it takes', t => {
	const link = 'simchat://h/#k';
	for (const words of [
		[],
		[link],
		['--profile', 'x'],
		['--profile=x', link],
		['--port', '7410'],
		['--port=7410', link],
	]) {
		t.true(wantsScreen(words), words.join(' '));
	}

	t.true(wantsScreen(['--port', '7410', '--profile', 'x', link]));
	for (const words of [
		['tail'],
		['--help'],
		['--port', '7410', 'tail'],
		['--port'],
		['--portal=1'],
		[link, 'tail'],
		['--linear'],
	]) {
		t.false(wantsScreen(words), words.join(' '));
	}
});
