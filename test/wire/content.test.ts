// Content: what hostile CBOR is refused, what a later build may send, and the limits.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {decodeContent, encodeContent} from '../../source/content/content.ts';
import {TEXT_LIMIT} from '../../source/content/text.ts';
import {LIFETIME_LIMIT_S} from '../../source/content/timer.ts';
import {MESSAGE_LIMIT} from '../../source/wire/messages/msg.ts';

const id = Buffer.alloc(16, 7);
const hexId = `50${id.toString('hex')}`;
const decodeHex = (hex: string) => decodeContent(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

test('a text, a receipt and typing have these bytes', t => {
	const text = encodeContent({kind: 'text', id, time: 1_800_000_000_000, text: 'hi'});
	t.is(text.toString('hex'), `8401${hexId}1b000001a3185c5000626869`);
	t.is(encodeContent({kind: 'receipt', ids: [id]}).toString('hex'), `820281${hexId}`);
	for (const [isTyping, hex] of [
		[true, '8203f5'],
		[false, '8203f4'],
	] as const) {
		t.is(encodeContent({kind: 'typing', isTyping}).toString('hex'), hex);
		t.deepEqual(decodeHex(hex), {kind: 'typing', isTyping});
	}
});

const hostile: Array<[string, string]> = [
	['nothing', ''],
	['a byte behind the content', `820281${hexId} 00`],
	['two contents', `820281${hexId} 820281${hexId}`],
	['a kind spelled in two bytes', `84 1801 ${hexId} 00 6161`],
	['a kind spelled as a float', `84 f93c00 ${hexId} 00 6161`],
	['a time as a float', `84 01 ${hexId} f93c00 6161`],
	['a time as minus zero', `84 01 ${hexId} f98000 6161`],
	['a time over 2^53 − 1', `84 01 ${hexId} 1b0020000000000000 6161`],
	['a time as a bigint', `84 01 ${hexId} 1bffffffffffffffff 6161`],
	['a time as a tagged bigint', `84 01 ${hexId} c24101 6161`],
	['a time spelled too long', `84 01 ${hexId} 1b0000000000000001 6161`],
	['a time before 1970', `84 01 ${hexId} 20 6161`],
	['a tagged content', `c1 820281${hexId}`],
	['CBOR’s own tag', `d9d9f7 820281${hexId}`],
	['an array without end', `9f01${hexId}006161ff`],
	['a text without end', `84 01 ${hexId} 00 7f6161ff`],
	['an id without end', `84 01 5f${hexId}ff 00 6161`],
	['an id of 15 bytes', `84 01 4f${'07'.repeat(15)} 00 6161`],
	['an id as text', `84 01 70${'61'.repeat(16)} 00 6161`],
	['a text length spelled too long', `84 01 ${hexId} 00 780161`],
	['a lone surrogate', `84 01 ${hexId} 00 63eda080`],
	['UTF-8 that is none', `84 01 ${hexId} 00 61ff`],
	['UTF-8 spelled too long', `84 01 ${hexId} 00 62c080`],
	['a text as bytes', `84 01 ${hexId} 00 4161`],
	['a field too few', `83 01 ${hexId} 00`],
	['a field too many', `85 01 ${hexId} 00 6161 00`],
	['typing spelled in two bytes', '82 03 f815'],
	['kind 0', '82 00 80'],
	['a negative kind', '82 20 80'],
	['a map', 'a16161 01'],
	['an unknown kind with a repeated key', '82 1864 a2 616101 616102'],
	['an unknown kind with keys out of order', '82 1864 a2 616201 616101'],
	['an unknown kind with keys in the order of their letters alone', '82 1864 a2 62616100 616201'],
	['an unknown kind with keys that are no texts', '82 1864 a1 0101'],
	['an unknown kind of bytes behind it', '82 1864 00 00'],
	['a break', 'ff'],
	['a reserved additional value', '1c'],
	['a simple value of old', 'e0'],
	['an array of 2^64 − 1', '9bffffffffffffffff'],
	['bytes of 2^32', '5b0000000100000000'],
];

for (const [title, hex] of hostile) test(`refused: ${title}`, t => void t.is(decodeHex(hex), undefined));

test('nesting as deep as a message is long is refused without a throw', t => {
	for (const opener of [0x81, 0xa1, 0xc1, 0x9f]) {
		t.is(decodeContent(Buffer.alloc(MESSAGE_LIMIT, opener)), undefined);
	}

	const nested = Buffer.concat([Buffer.from('8204', 'hex'), Buffer.alloc(MESSAGE_LIMIT - 3, 0x81), Buffer.of(0)]);
	t.is(decodeContent(nested), undefined);
});

const other = Buffer.alloc(16, 9);
const hexOther = `50${other.toString('hex')}`;

test('what is said about messages has these bytes', t => {
	const head = {id, time: 1_800_000_000_000} as const;
	const hexHead = `${hexId}1b000001a3185c5000`;
	for (const [content, hex] of [
		[{kind: 'text', ...head, text: 'hi', lifetime: 60}, `8501${hexHead}626869a1646c696665183c`],
		[
			{kind: 'text', ...head, text: 'hi', reply: {isOwn: false, id: other}},
			`8501${hexHead}626869a162726582f4${hexOther}`,
		],
		[
			{kind: 'text', ...head, text: 'hi', reply: {isOwn: true, id: other}, lifetime: 1},
			`8501${hexHead}626869a262726582f5${hexOther}646c69666501`,
		],
		[{kind: 'edit', ...head, target: {isOwn: true, id: other}, value: 'ho'}, `8504${hexHead}${hexOther}62686f`],
		[{kind: 'delete', ...head, target: {isOwn: true, id: other}, value: ''}, `8405${hexHead}${hexOther}`],
		[
			{kind: 'reaction', ...head, target: {isOwn: true, id: other}, value: '👍'},
			`8506${hexHead}82f5${hexOther}64f09f918d`,
		],
		[{kind: 'reaction', ...head, target: {isOwn: false, id: other}, value: ''}, `8506${hexHead}82f4${hexOther}60`],
		[{kind: 'read', ...head, target: {isOwn: false, id: other}, value: ''}, `8407${hexHead}${hexOther}`],
		[{kind: 'timer', ...head, value: '0'}, `8408${hexHead}00`],
		[{kind: 'pin', ...head, target: {isOwn: false, id: other}, value: 'pinned'}, `850b${hexHead}82f4${hexOther}f5`],
		[{kind: 'pin', ...head, target: {isOwn: true, id: other}, value: ''}, `850b${hexHead}82f5${hexOther}f4`],
		[{kind: 'file', ...head, target: {isOwn: false, id: other}, value: 'received'}, `850d${hexHead}82f4${hexOther}03`],
		[{kind: 'file', ...head, target: {isOwn: true, id: other}, value: 'stopped'}, `850d${hexHead}82f5${hexOther}04`],
		[{kind: 'away', text: 'tea'}, '820963746561'],
	] as const) {
		t.is(encodeContent(content).toString('hex'), hex);
		t.deepEqual(decodeHex(hex), content);
	}
});

const hexRoot = `5820${'07'.repeat(32)}`;
const hexDevice = '480102030405060708';

test('an offer of a file is a text that is its name, for a build that knows no files too', t => {
	const bytes = decodeOffer(`84 65612e747874 1b001fffffffffffff ${hexRoot} ${hexDevice}`);
	t.deepEqual(decodeContent(bytes), {
		kind: 'text',
		id,
		time: 0,
		text: 'hi',
		file: {
			name: 'a.txt',
			size: Number.MAX_SAFE_INTEGER,
			root: Buffer.alloc(32, 7),
			device: Buffer.from('0102030405060708', 'hex'),
		},
		bytes,
	});
	const content = decodeContent(bytes);
	t.true(content?.kind === 'text' && encodeContent(content).equals(bytes));
});

function decodeOffer(offer: string): Buffer {
	return Buffer.from(`8501${hexId}00626869a16466696c65${offer.replaceAll(' ', '')}`, 'hex');
}

test('what no honest sender says about messages is refused', t => {
	const hexHead = `${hexId}00`;
	for (const hex of [
		`8501${hexHead}6161a0`, // Nothing more, said so
		`8501${hexHead}6161a1646c69666500`, // No time to live
		`8501${hexHead}6161a1646c6966651a01e13381`, // More than a year
		`8501${hexHead}6161a2646c69666500617801`, // No time to live, beside an option that nobody knows
		`8501${hexHead}6161a162726582f541aa`, // A short id
		`8504${hexHead}${hexOther}60`, // An edit to nothing is a deletion
		`8404${hexHead}${hexOther}`,
		`8505${hexHead}${hexOther}00`,
		`8506${hexHead}82f5${hexOther}7841${'61'.repeat(65)}`, // A long emoji
		`8506${hexHead}${hexOther}6161`,
		`8408${hexHead}20`, // Less than none
		`850b${hexHead}82f5${hexOther}01`, // Neither pinned nor not
		`840b${hexHead}82f5${hexOther}`,
		`850d${hexHead}82f5${hexOther}00`, // No answer
		`850d${hexHead}82f5${hexOther}05`,
		`850d${hexHead}82f5${hexOther}6161`,
		...[
			`84 60 00 ${hexRoot} ${hexDevice}`, // No name
			`84 790401${'61'.repeat(1025)} 00 ${hexRoot} ${hexDevice}`, // A long one
			`84 6161 20 ${hexRoot} ${hexDevice}`, // Less than no bytes
			`84 6161 1b0020000000000000 ${hexRoot} ${hexDevice}`, // 2^53
			`84 6161 00 5000${'00'.repeat(15)} ${hexDevice}`, // A short root
			`84 6161 00 ${hexRoot} 41aa`,
			`83 6161 00 ${hexRoot}`,
			'f6',
		].map(offer => `8501${hexHead}6161a16466696c65${offer.replaceAll(' ', '')}`),
	]) {
		t.is(decodeHex(hex), undefined, hex);
	}
});

test('a kind of a later build that has an id and a time is kept as it came', t => {
	for (const [number, hex] of [
		[100, `83 1864 ${hexId} 00`],
		[100, `85 1864 ${hexId} 1b001fffffffffffff f6 a2 616100 626161 82 fb3ff199999999999a f7`],
		[1000, `84 1903e8 ${hexId} 00 ${hexId}`],
		[Number.MAX_SAFE_INTEGER, `83 1b001fffffffffffff ${hexId} 00`],
	] as const) {
		const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
		const time = hex.includes(`${hexId} 00`) ? 0 : Number.MAX_SAFE_INTEGER;
		t.deepEqual(decodeContent(bytes), {kind: 'opaque', id, time, number, bytes}, hex);
	}
});

test('a kind of a later build without them is passed over, and so is what is wrong with what nobody waits for', t => {
	for (const hex of [
		'811864',
		'82186400',
		`821864${hexId}`,
		`831864${hexId}20`,
		`831864${hexId}6161`,
		`83186441aa00`,
		'831903e8 6161 f6',
		'82 02 80',
		`82 02 990101 ${hexId.repeat(257)}`,
		'81 03',
		'82 03 01',
		'82 03 f6',
		'83 03 f5 f5',
		`8209790101${'61'.repeat(257)}`,
		'8309616100',
		'810a',
		'830a8001',
		`830a81${hexId}00`,
		`830a8141aa01`,
	]) {
		t.deepEqual(decodeHex(hex), {kind: 'passed'}, hex);
	}
});

test('a text with options of a later build is a text, and is kept as it came', t => {
	const head = {kind: 'text', id, time: 0, text: 'hi'} as const;
	for (const [options, known] of [
		['a1 617801', {}],
		['a1 6178 83 0102 a1 6179 f6', {}],
		[`a3 617801 627265 82 f4 ${hexOther} 646c696665 01`, {reply: {isOwn: false, id: other}, lifetime: 1}],
		['a2 646c696665 183c 66726561736f6e 00', {lifetime: 60}],
	] as const) {
		const bytes = Buffer.from(`8501${hexId}00626869${options.replaceAll(' ', '')}`, 'hex');
		t.deepEqual(decodeContent(bytes), {...head, ...known, bytes}, options);
	}
});

test('options are in the order of their encoded keys: shorter ones first, then byte by byte', t => {
	const long = ['61'.repeat(24), '62'.repeat(23)].map(hex => hex + '00');
	for (const [options, isSound] of [
		['a2 617a00 62616100', true],
		['a2 62616100 617a00', false],
		['a2 62727300 62c3a900', true],
		['a2 62c3a900 62727300', false],
		[`a2 77${long[1]} 7818${long[0]}`, true],
		[`a2 7818${long[0]} 77${long[1]}`, false],
	] as const) {
		const bytes = Buffer.from(`8501${hexId}00626869${options.replaceAll(' ', '')}`, 'hex');
		t.is(decodeContent(bytes)?.kind, isSound ? 'text' : undefined, options);
	}
});

test('a refusal has these bytes, and reasons of later builds are refusals too', t => {
	t.is(encodeContent({kind: 'refusal', digests: [id, other]}).toString('hex'), `830a82${hexId}${hexOther}01`);
	for (const reason of ['01', '02', '1903e8']) {
		t.deepEqual(decodeHex(`830a82${hexId}${hexOther}${reason}`), {kind: 'refusal', digests: [id, other]});
	}
});

test('log heads have these bytes; what is wrong with them is passed over', t => {
	const hash = Buffer.alloc(32, 7);
	const pair = `82025820${hash.toString('hex')}`;
	t.is(
		encodeContent({kind: 'log-heads', own: {count: 2, head: hash}, other: undefined}).toString('hex'),
		`830c${pair}f6`,
	);
	t.deepEqual(decodeHex(`830c${pair}f6`), {kind: 'log-heads', own: {count: 2, head: hash}, other: undefined});
	t.deepEqual(decodeHex('830cf6f6'), {kind: 'log-heads', own: undefined, other: undefined});
	for (const wrong of [`820c${pair}`, `830c${pair}00`, `830c82005820${hash.toString('hex')}f6`, '830c82024107f6']) {
		t.deepEqual(decodeHex(wrong), {kind: 'passed'}, wrong);
	}
});

test('a key that names a prototype does nothing', t => {
	for (const hex of [
		'821864 a1 695f5f70726f746f5f5f a1 6161 01',
		`8501${hexId}00626869a1695f5f70726f746f5f5fa1646c69666501`,
	]) {
		const content = decodeHex(hex);
		t.false(content?.kind === 'text' && 'lifetime' in content);
		t.false('a' in {});
	}
});

test('the largest text fits, with every option that this build writes; a byte more is refused', t => {
	const envelope = {id, time: Number.MAX_SAFE_INTEGER} as const;
	const most = 'a'.repeat(TEXT_LIMIT);
	for (const content of [
		{kind: 'text', ...envelope, text: most, lifetime: LIFETIME_LIMIT_S, reply: {isOwn: true, id: other}},
		{kind: 'edit', ...envelope, target: {isOwn: true, id: other}, value: most},
	] as const) {
		const bytes = encodeContent(content);
		t.true(bytes.length <= MESSAGE_LIMIT);
		t.deepEqual(decodeContent(bytes), content);
		const longer = content.kind === 'text' ? {...content, text: `${most}a`} : {...content, value: `${most}a`};
		t.is(decodeContent(encodeContent(longer)), undefined);
	}

	const over = Buffer.alloc(MESSAGE_LIMIT + 1);
	t.throws(() => encodeContent({kind: 'text', ...envelope, text: 'a'.repeat(MESSAGE_LIMIT)}), {instanceOf: RangeError});
	t.is(decodeContent(over), undefined);
});
