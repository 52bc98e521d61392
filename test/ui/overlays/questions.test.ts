// What is asked before a message is deleted says where it is.
import test from 'ava';
import {deleteQuestion} from '../../../source/ui/overlays/questions.ts';
import {ClientTwin, contact, message} from '../../twins/client.ts';
import {ScreenTwin} from './screen-twin.ts';

test('deleting names the disk of the other, unless the message was taken back before it left', t => {
	const screen = new ScreenTwin(new ClientTwin([contact('bob')]));
	const sent = message('bob', 1, {direction: 'out'});
	screen.show(deleteQuestion(sent));
	t.regex(screen.lines().join('\n'), /here and on the disk of bob\?[^]*on both sides/);
	screen.show(deleteQuestion({...sent, state: 'failed', reason: 'cancelled'}));
	t.regex(screen.lines().join('\n'), /Delete “message 1” here\?/);
	t.notRegex(screen.lines().join('\n'), /disk of bob|both sides/);
	screen.press('down', 'enter');
	t.deepEqual(screen.client.asked, [`erase bob ${sent.id}`]);
});
