// Whether a router has started anew, by RFC 6887 §8.5 and RFC 6886 §3.6.
import test from 'ava';
import {hasStartedAnew} from '../../../source/channel/network/router-epoch.ts';

/** The router went from `before` to `after`, s, while `passed` s went by here. */
const anew = (protocol: 'pcp' | 'nat-pmp', before: number, after: number, passed: number) =>
	hasStartedAnew(protocol, {seconds: before, heardAt: 7}, {seconds: after, heardAt: 7 + passed * 1000});

test('PCP: a sixteenth and two seconds either side are a clock that is off, more is a new start', t => {
	t.false(anew('pcp', 100, 100, 0));
	t.false(anew('pcp', 100, 99, 0));
	t.true(anew('pcp', 100, 98, 0));
	t.false(anew('pcp', 100, 1700, 1600));
	t.false(anew('pcp', 100, 100 + 1498, 1600));
	t.true(anew('pcp', 100, 100 + 1497, 1600));
	t.false(anew('pcp', 100, 100 + 1708, 1600));
	t.true(anew('pcp', 100, 100 + 1709, 1600));
	t.true(anew('pcp', 4_000_000_000, 3, 60));
});

test('NAT-PMP: an eighth and two seconds too few; too many are none', t => {
	t.false(anew('nat-pmp', 100, 100 + 1398, 1600));
	t.true(anew('nat-pmp', 100, 100 + 1397, 1600));
	t.false(anew('nat-pmp', 100, 100_000, 1600));
	t.false(anew('nat-pmp', 100, 98, 0));
	t.true(anew('nat-pmp', 100, 97, 0));
});
