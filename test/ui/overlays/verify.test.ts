// A safety number is compared as it is shown, and taken only while it is the one that was.
import test from 'ava';
import {verifyOverlay} from '../../../source/ui/overlays/verify.ts';
import {qrRows} from '../../../source/content/qr.ts';
import {ClientTwin, contact} from '../../twins/client.ts';
import {ScreenTwin} from './screen-twin.ts';

const digits = Array.from({length: 12}, (_, index) => String(11_111 + index)).join(' ');

function verifying(number: string | undefined = digits) {
	const client = new ClientTwin([contact('bob')]);
	client.number = number;
	const screen = new ScreenTwin(client);
	screen.show(verifyOverlay('bob', number));
	return screen;
}

test('the digits in their order, in as many groups a row as there is room for', t => {
	const screen = verifying();
	for (let width = 8; width <= 120; width++) {
		const lines = screen.lines(width, 18);
		const shown = lines.join(' ').match(/\b\d{5}\b/g) ?? [];
		t.deepEqual(shown.join(' '), digits, String(width));
	}

	t.is(screen.lines(40, 18)[0], '11111 11112 11113 11114');
});

test('beside them the same as a code, where there is room for all of it', t => {
	const code = qrRows(digits.replaceAll(' ', ''));
	const side = code[0]!.length;
	const screen = verifying();
	const hasCode = (width: number, height: number) => {
		const rows = screen.overlay!.rows({width, height});
		const parts = rows.flatMap(row => row.filter(({role}) => role === 'qr').map(({text}) => text));
		if (parts.length > 0) t.deepEqual(parts, code);
		return parts.length > 0;
	};

	t.true(hasCode(side + 26, code.length + 2));
	t.true(hasCode(120, 40));
	t.false(hasCode(side + 25, code.length + 2));
	t.false(hasCode(120, code.length + 1));
});

test('at 80×24 there is a code beside the digits, and both answers are whole; without a code nothing is said of scanning', t => {
	const screen = verifying();
	const lines = screen.lines(59, 19);
	t.is(lines.at(-1), '  They match: mark the key as verified');
	t.regex(lines[0] ?? '', /^11111 11112 11113 11114$/);
	t.true(lines.some(line => line.includes('█')));
	t.regex(lines.join(' '), /scan/);
	t.false(screen.lines(40, 15).join(' ').includes('scan'));
	t.regex(screen.lines(20, 6).join('\n'), /…$/m, 'what is cut has a mark');
	// Too low for all digits: as many as there is room for, and a mark.
	t.deepEqual(screen.lines(20, 1), ['11111 11112 11113  …']);
	t.deepEqual(screen.lines(20, 2), ['11111 11112 11113', '11114 11115 11116  …']);
	t.deepEqual(screen.lines(20, 5).slice(3), ['11120 11121 11122', 'Make the window    …']);
});

test('the number that was compared is taken by Enter on “They match”, and by no letter', t => {
	const screen = verifying();
	t.deepEqual(screen.press('y', 'Y', 'n', 'escape'), [false, false, false, false]);
	t.deepEqual(screen.client.asked, []);
	t.deepEqual(screen.press('down', 'enter'), [true, true]);
	t.deepEqual(screen.client.asked, ['verify bob']);
	t.deepEqual(screen.asked, ['tell you have verified bob']);
	t.is(screen.overlay, undefined);
});

test('a key that changed meanwhile is not taken: its number is shown', t => {
	const screen = verifying();
	screen.client.number = digits.replaceAll('1', '7');
	screen.press('down', 'enter');
	t.deepEqual(screen.client.asked, []);
	t.regex(screen.asked[0] ?? '', /changed meanwhile/);
	t.regex(screen.lines(40)[0] ?? '', /77777 77772/);
	screen.press('down', 'enter');
	t.deepEqual(screen.client.asked, ['verify bob']);
});

test('Enter on “Not compared yet” closes; digits that are not all on the screen are not taken', t => {
	const screen = verifying();
	t.deepEqual(screen.press('enter'), [true]);
	t.is(screen.overlay, undefined);
	screen.show(verifyOverlay('bob', digits));
	screen.press('down');
	screen.lines(40, 4);
	screen.press('enter');
	t.regex(screen.asked[0] ?? '', /make the window larger/);
	t.deepEqual(screen.client.asked, []);
	screen.lines(40, 5);
	screen.press('enter');
	t.deepEqual(screen.client.asked, ['verify bob']);
});

test('without a key there is nothing to compare', t => {
	const screen = verifying();
	screen.show(verifyOverlay('bob', undefined));
	t.regex(screen.lines().join(' '), /no safety number before the first message/);
	t.deepEqual(screen.press('y', 'enter'), [false, false]);
	t.deepEqual(screen.client.asked, []);
});
