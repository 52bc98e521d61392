// Which tests count as passed, failed and skipped in `npm test`.
import test from 'ava';
import {verdictOf} from '../../tools/tap-line.ts';

test('a test has passed, failed, or is skipped for what the machine lacks', t => {
	t.deepEqual(verdictOf('ok 1 - net › nat › sym'), {title: 'net › nat › sym', outcome: 'passed'});
	t.deepEqual(verdictOf('not ok 2 - nat'), {title: 'nat', outcome: 'failed'});
	const title = 'nat › sym (needs root, nft (apt-get install nftables)) # SKIP';
	t.deepEqual(verdictOf(`ok 3 - ${title}`), {title, outcome: 'skipped'});
});

test('a test that is skipped for no reason has failed, and so has one that fails with a reason', t => {
	t.is(verdictOf('ok 1 - nat # SKIP')?.outcome, 'failed');
	t.is(verdictOf('ok 1 - nat (needs ) # SKIP')?.outcome, 'failed');
	t.is(verdictOf('not ok 1 - nat (needs root) # SKIP')?.outcome, 'failed');
	t.is(verdictOf('ok 1 - nat (needs root)')?.outcome, 'passed');
});

test('other lines are about no test', t => {
	for (const line of ['TAP version 13', '1..6', '# pass 0', '  ok 1 - nested', 'ok']) t.is(verdictOf(line), undefined);
});
