// Links are found whole, and nothing else is.
import fc from 'fast-check';
import test from 'ava';
import {linkSegments} from '../../../source/ui/text/links.ts';

const linksOf = (text: string) =>
	linkSegments(text)
		.filter(({url}) => url !== undefined)
		.map(segment => segment.text);

test('a text in pieces', t => {
	t.deepEqual(linkSegments('see https://example.org/a?b=c#d, please'), [
		{text: 'see ', url: undefined},
		{text: 'https://example.org/a?b=c#d', url: 'https://example.org/a?b=c#d'},
		{text: ', please', url: undefined},
	]);
	t.deepEqual(linkSegments('no link'), [{text: 'no link', url: undefined}]);
	t.deepEqual(linkSegments(''), []);
});

const found: ReadonlyArray<readonly [text: string, links: readonly string[]]> = [
	['http://a.example and HTTPS://B.example/', ['http://a.example', 'HTTPS://B.example/']],
	['(https://a.example/x)', ['https://a.example/x']],
	['https://en.wikipedia.org/wiki/C_(language)', ['https://en.wikipedia.org/wiki/C_(language)']],
	['(https://en.wikipedia.org/wiki/C_(language)).', ['https://en.wikipedia.org/wiki/C_(language)']],
	['"https://a.example/x"!', ['https://a.example/x']],
	['[text](https://a.example/x)', ['https://a.example/x']],
	['<https://a.example/x>', ['https://a.example/x']],
	['https://a.example/x?!...', ['https://a.example/x']],
	['https://de.wikipedia.org/wiki/Käse', ['https://de.wikipedia.org/wiki/Käse']],
	['見て:https://a.example/x。次', ['https://a.example/x']],
	['http://[::1]:8080/x', ['http://[::1]:8080/x']],
	['https://a.example:80/', ['https://a.example:80/']],
	['two https://a.example\nhttps://b.example', ['https://a.example', 'https://b.example']],
];

for (const [text, links] of found) test(`found in ${JSON.stringify(text)}`, t => t.deepEqual(linksOf(text), links));

for (const text of [
	'javascript:alert(1)',
	'file:///etc/passwd',
	'ftp://a.example',
	'simchat://host:1/#00',
	'http://',
	'https:// a.example',
	'https://...',
	'xhttps://a.example',
	'https://google.com@evil.example/',
	'https://user:password@a.example/',
	'https://a.example:99999/',
	`https://a.example/${'x'.repeat(2048)}`,
]) {
	test(`no link in ${text.slice(0, 40)}`, t => t.deepEqual(linksOf(text), []));
}

test('a link says where it leads: look-alike letters show', t => {
	t.is(linkSegments('https://аpple.com/')[0]?.url, 'https://xn--pple-43d.com/');
});

test('whatever the text is, the pieces are the text, and links are web links', t => {
	const part = fc.constantFrom(
		'http://',
		'https://',
		'a.example',
		'/',
		'(',
		')',
		'.',
		' ',
		'@',
		'[',
		']',
		'é',
		'%',
		'漢',
	);
	fc.assert(
		fc.property(fc.array(part, {maxLength: 40}), parts => {
			const text = parts.join('');
			const segments = linkSegments(text);
			return (
				segments.map(segment => segment.text).join('') === text &&
				segments.every(
					segment => segment.text !== '' && (segment.url === undefined || /^https?:\/\/./.test(segment.url)),
				)
			);
		}),
		{numRuns: 1000},
	);
	t.notThrows(() => linkSegments('https://a.example/' + ')'.repeat(65_536)));
});
