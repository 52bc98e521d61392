// Which program opens a link: web links alone, as one word that no program takes for an option.
import fc from 'fast-check';
import test from 'ava';
import {openCommand} from '../../../source/ui/terminal/open-link.ts';
import {anyText} from '../../texts.ts';

const url = 'https://example.org/a?b=c#d';

const places: ReadonlyArray<
	readonly [name: string, platform: NodeJS.Platform, env: Record<string, string>, program: string | undefined]
> = [
	['a Mac', 'darwin', {}, 'open'],
	['Linux with X', 'linux', {DISPLAY: ':0'}, 'xdg-open'],
	['Linux with Wayland', 'linux', {WAYLAND_DISPLAY: 'wayland-0'}, 'xdg-open'],
	['Linux over ssh', 'linux', {}, undefined],
	['Linux with an empty DISPLAY', 'linux', {DISPLAY: ''}, undefined],
	['Windows’ Linux', 'linux', {WSL_DISTRO_NAME: 'Ubuntu', DISPLAY: ':0'}, 'wslview'],
];

for (const [name, platform, env, program] of places) {
	test(name, t => t.deepEqual(openCommand(url, platform, env), program === undefined ? undefined : [program, url]));
}

for (const other of [
	'file:///etc/passwd',
	'javascript:alert(1)',
	'ftp://a.example/',
	'simchat://host:1/#00',
	'data:text/html,x',
	'vscode://file/etc/passwd',
	'-h',
	'/etc/passwd',
	'example.org',
	'http://',
	'',
]) {
	test(`not opened: ${JSON.stringify(other)}`, t => {
		for (const platform of ['darwin', 'linux'] as const) {
			t.is(openCommand(other, platform, {DISPLAY: ':0'}), undefined);
		}
	});
}

test('whatever the link, its command has two words, and the second is a web address in printable ASCII', t => {
	const links = fc.oneof(
		fc.webUrl(),
		anyText().map(text => `https://a.example/${text}`),
		fc.string(),
	);
	fc.assert(
		fc.property(links, link => {
			const command = openCommand(link, 'linux', {DISPLAY: ':0'});
			if (command === undefined) return;
			t.is(command.length, 2);
			t.regex(command[1] ?? '', /^https?:\/\/[!-~]+$/);
		}),
	);
	t.deepEqual(openCommand('HTTPS://Käse.example/ä\n`id`', 'darwin', {}), [
		'open',
		'https://xn--kse-qla.example/%C3%A4%60id%60',
	]);
});
