// Links on their way through Ink: whole when they are cut, and without width.
import test from 'ava';
import {renderToString} from 'ink';
import {hyperlink} from '../../../source/ui/text/linked.ts';
import {Rows} from '../../../source/ui/widgets/row-list.tsx';
import {span} from '../../../source/ui/widgets/spans.ts';

const url = 'https://a.example/x;y?z=1';
const link = (text: string) => hyperlink(url, text);
const draw = (width: number, ...row: ReadonlyArray<ReturnType<typeof span> & {url?: string}>) =>
	renderToString(<Rows rows={[row]} width={width} />, {columns: 40});

test('a link between texts, each where it belongs', t => {
	t.is(draw(20, span('see '), {...span('漢字'), url}, span(' now')), `see ${link('漢字')} now`);
});

test('a link that is cut is a link up to the cut', t => {
	t.is(draw(8, span('see '), {...span('https://a'), url}), `see ${link('htt')}…`);
});

test('a span without a url has no link around it', t => t.is(draw(20, span('see')), 'see'));
