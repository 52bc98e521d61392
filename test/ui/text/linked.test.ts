// Rows with links: nothing of the text is lost, every piece of a link leads where the whole does, and none hides where.
import fc from 'fast-check';
import test from 'ava';
import stringWidth from 'string-width';
import {hyperlink, linkedRows} from '../../../source/ui/text/linked.ts';
import {type LinkSegment, linkSegments} from '../../../source/ui/text/links.ts';
import {LOOKS} from '../../../source/ui/text/markup.ts';
import {graphemes} from '../../../source/ui/text/width.ts';
import {wrap} from '../../../source/ui/text/wrap.ts';

const textOf = (rows: ReturnType<typeof linkedRows>) => rows.map(row => row.map(({text}) => text).join(''));
const linked = (segments: readonly LinkSegment[]) => segments.filter(({url}) => url !== undefined);
const oneRow = (text: string) => textOf(linkedRows(text, 1000)).join('\n');

test('a link across rows keeps the whole url on each of its pieces', t => {
	const url = 'https://a.example/long/path';
	t.deepEqual(linkedRows(`see ${url} now`, 12), [
		[{text: 'see', url: undefined}],
		[{text: 'https://a.ex', url}],
		[{text: 'ample/long/', url}],
		[
			{text: 'path', url},
			{text: ' now', url: undefined},
		],
	]);
});

test('two links in a row, and one that ends where the row does', t => {
	const [a, b] = ['http://a.example/', 'http://b.example/'];
	t.deepEqual(linkedRows(`${a} ${b}\n${a}`, 40), [
		[
			{text: a, url: a},
			{text: ' ', url: undefined},
			{text: b, url: b},
		],
		[{text: a, url: a}],
	]);
	t.deepEqual(linkedRows(`${a} ${b}`, a.length), [[{text: a, url: a}], [{text: b, url: b}]]);
});

test('a link with signs of markup in it is a link', t => {
	const url = 'https://a.example/_b_/*c*?d=`e`';
	t.deepEqual(linkedRows(`*see* ${url}`, 60), [
		[
			{text: '*', url: undefined, look: LOOKS.mark},
			{text: 'see', url: undefined, look: LOOKS.bold},
			{text: '*', url: undefined, look: LOOKS.mark},
			{text: ' ', url: undefined},
			{text: 'https://a.example/_b_/*c*?d=', url: 'https://a.example/_b_/*c*?d='},
			{text: '`', url: undefined, look: LOOKS.mark},
			{text: 'e', url: undefined, look: LOOKS.code},
			{text: '`', url: undefined, look: LOOKS.mark},
		],
	]);
	t.is(url.length, 31);
});

test('lines between fences are rows as they are; raw, they are broken as others are', t => {
	const text = 'so:\n```\nlong  line\n\n```\nwell';
	t.deepEqual(textOf(linkedRows(text, 6)), ['so:', '```', 'long  line', '', '```', 'well']);
	t.deepEqual(textOf(linkedRows(text, 6, true)), ['so:', '```', 'long', 'line', '', '```', 'well']);
});

test('no sign of a text is taken away, whatever the text and the width, and no grapheme is cut', t => {
	const part = fc.constantFrom(
		'*',
		'**',
		'_',
		'`',
		'```',
		'> ',
		'\n',
		' ',
		'a',
		'b c',
		'(',
		'.',
		' http://a.example/_x_ ',
		'\u0301',
		'️⃣',
		'漢',
		'👍🏽',
	);
	fc.assert(
		fc.property(fc.array(part, {maxLength: 30}), fc.integer({min: 1, max: 30}), (parts, columns) => {
			const text = parts.join('');
			const rows = linkedRows(text, columns);
			t.is(textOf(rows).join('').replaceAll(' ', ''), text.replaceAll(/[ \n]/g, ''));
			for (const row of rows) {
				const whole = row.map(piece => piece.text).join('');
				const isLinked = row.some(({url}) => url !== undefined);
				if (!isLinked)
					t.deepEqual(
						row.flatMap(piece => graphemes(piece.text)),
						graphemes(whole),
					);
			}
		}),
		{numRuns: 1000},
	);
});

test('without links it is the text, wrapped', t => {
	t.deepEqual(textOf(linkedRows('the quick brown fox', 10)), ['the quick', 'brown fox']);
	t.deepEqual(textOf(linkedRows('', 10)), ['']);
	t.deepEqual(textOf(linkedRows('simchat://host:1/#00\n\nb', 30)), ['simchat://host:1/#00', '', 'b']);
});

for (const honest of [
	'https://a.example',
	'https://a.example/',
	'HTTPS://A.Example/Path',
	'https://a.example?b=c',
	'https://a.example#d',
	'https://a.example/x%20y',
	'https://xn--pple-43d.com/',
	'http://[::1]:8080/x',
]) {
	test(`says where it leads: ${honest}`, t => t.is(oneRow(`see ${honest} now`), `see ${honest} now`));
}

const hiding: ReadonlyArray<readonly [text: string, href: string]> = [
	['https://аpple.com/', 'https://xn--pple-43d.com/'],
	['https://1.1/', 'https://1.0.0.1/'],
	['https://0x7f000001/', 'https://127.0.0.1/'],
	['https://%61.example/', 'https://a.example/'],
	['https://a.example/b/../c', 'https://a.example/c'],
	['https://a.example/b/%2e%2e/c', 'https://a.example/c'],
	['https://a.example:443/', 'https://a.example/'],
	['https://a.example/Käse', 'https://a.example/K%C3%A4se'],
];

for (const [text, href] of hiding) {
	test(`does not say where it leads: ${text}`, t => {
		const [row] = linkedRows(`${text} x`, 1000);
		t.deepEqual(row, [
			{text, url: href},
			{text: ` [→ ${href}]`, url: undefined},
			{text: ' x', url: undefined},
		]);
	});
}

test('whatever the text and the width, the rows are those of the text and links lead where they did', t => {
	const part = fc.constantFrom(
		'http://a.example/b',
		'https://аpple.com/',
		'see ',
		'漢字',
		' ',
		'\n',
		'(',
		'. ',
		'a long word',
		'\u0301',
	);
	fc.assert(
		fc.property(fc.array(part, {maxLength: 20}), fc.integer({min: 1, max: 30}), (parts, columns) => {
			const text = parts.join('');
			const rows = linkedRows(text, columns);
			t.true(rows.every(row => row.every(piece => piece.text !== '' || piece.url === undefined)));
			// Links have no spaces in them that a break could swallow.
			const all = linked(linkSegments(text));
			const pieces = linked(rows.flat());
			if (all.every(link => link.text === link.url)) t.deepEqual(textOf(rows), wrap(text, columns));
			t.is(pieces.map(piece => piece.text).join(''), all.map(link => link.text).join(''));
			t.deepEqual(new Set(pieces.map(({url}) => url)), new Set(all.map(({url}) => url)));
		}),
		{numRuns: 500},
	);
});

test('a terminal takes the pieces of one link for one, and other links for others', t => {
	const url = 'https://a.example/x;y?z=1#w';
	const [, id = '', to, text] =
		// oxlint-disable-next-line no-control-regex
		/^\u001B\]8;id=([\w-]+);([^\u0007]*)\u0007(.*)\u001B\]8;;\u0007$/.exec(hyperlink(url, '漢字')) ?? [];
	t.is(to, url);
	t.is(text, '漢字');
	t.true(id.length >= 8);
	t.true(hyperlink(url, 'more').includes(`id=${id};`));
	t.false(hyperlink(`${url}1`, 'more').includes(`id=${id};`));
	t.is(stringWidth(hyperlink(url, '漢字')), 4);
});

test('what no terminal may be sent is text only', t => {
	for (const url of [
		'',
		'https://a.example/\u0007',
		'https://a.example/\u001B\\',
		'https://a.example/ x',
		'https://ä.example/',
		`https://a.example/${'x'.repeat(2083)}`,
	]) {
		t.is(hyperlink(url, 'text'), 'text');
	}
});
