// A safety number is compared as it is shown, and taken only while it is the one that was.
import test from 'ava';
import {verifyOverlay} from '../../../source/ui/overlays/verify.ts';
import {qrRows} from '../../../source/ui/widgets/qr.ts';
import {ClientTwin, contact} from '../../twins/client.ts';
import {DeskTwin} from './desk-twin.ts';

const digits = Array.from({length: 12}, (_, index) => String(11_111 + index)).join(' ');

function verifying(number: string | undefined = digits) {
	const client = new ClientTwin([contact('bob')]);
	client.number = number;
	const desk = new DeskTwin(client);
	desk.show(verifyOverlay('bob', number));
	return desk;
}

test('the digits in their order, in as many groups a row as there is room for', t => {
	const desk = verifying();
	for (let width = 8; width <= 120; width++) {
		const lines = desk.lines(width, 18);
		const shown = lines.join(' ').match(/\b\d{5}\b/g) ?? [];
		t.deepEqual(shown.join(' '), digits, String(width));
	}

	t.is(desk.lines(40, 18)[0], '  11111 11112 11113 11114');
});

test('beside them the same as a code, where there is room for all of it', t => {
	const code = qrRows(digits.replaceAll(' ', ''));
	const side = code[0]!.length;
	const desk = verifying();
	const {client} = desk;
	const hasCode = (width: number, height: number) => {
		const rows = desk.overlay!.rows({width, height, snapshot: client.snapshot()});
		const parts = rows.flatMap(row => row.filter(({role}) => role === 'qr').map(({text}) => text));
		if (parts.length > 0) t.deepEqual(parts, code);
		return parts.length > 0;
	};

	t.true(hasCode(side + 31, code.length));
	t.true(hasCode(120, 40));
	t.false(hasCode(side + 30, code.length));
	t.false(hasCode(120, code.length - 1));
});

test('the number that was compared is taken by Enter on “They match”, and by no letter', t => {
	const desk = verifying();
	t.deepEqual(desk.press('y', 'Y', 'n', 'escape'), [false, false, false, false]);
	t.deepEqual(desk.client.asked, []);
	t.deepEqual(desk.press('down', 'enter'), [true, true]);
	t.deepEqual(desk.client.asked, ['verify bob']);
	t.deepEqual(desk.asked, ['tell bob is verified']);
	t.is(desk.overlay, undefined);
});

test('a key that changed meanwhile is not taken: its number is shown', t => {
	const desk = verifying();
	desk.client.number = digits.replaceAll('1', '7');
	desk.press('down', 'enter');
	t.deepEqual(desk.client.asked, []);
	t.regex(desk.asked[0] ?? '', /changed meanwhile/);
	t.regex(desk.lines(40)[0] ?? '', /77777 77772/);
	desk.press('down', 'enter');
	t.deepEqual(desk.client.asked, ['verify bob']);
});

test('Enter on “Not compared yet” closes; digits that are not all on the screen are not taken', t => {
	const desk = verifying();
	t.deepEqual(desk.press('enter'), [true]);
	t.is(desk.overlay, undefined);
	desk.show(verifyOverlay('bob', digits));
	desk.press('down');
	desk.lines(40, 4);
	desk.press('enter');
	t.regex(desk.asked[0] ?? '', /make the window larger/);
	t.deepEqual(desk.client.asked, []);
	desk.lines(40, 5);
	desk.press('enter');
	t.deepEqual(desk.client.asked, ['verify bob']);
});

test('without a key there is nothing to compare', t => {
	const desk = verifying();
	desk.show(verifyOverlay('bob', undefined));
	t.regex(desk.lines().join(' '), /none before the first message/);
	t.deepEqual(desk.press('y', 'enter'), [false, false]);
	t.deepEqual(desk.client.asked, []);
});
