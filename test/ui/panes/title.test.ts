// The line above a conversation, in every state and width.
import test from 'ava';
import {type Contact, type Path} from '../../../source/client/snapshot.ts';
import {titleRow} from '../../../source/ui/panes/title.ts';
import {rowWidth} from '../../../source/ui/widgets/spans.ts';
import {contact} from '../../twins/client.ts';
import {NASTY} from '../text/samples.ts';

const hostile = NASTY.join('');
const paths: readonly Path[] = [
	{kind: 'none'},
	{kind: 'looking', since: 0},
	{kind: 'lan', address: '10.0.0.1:7', rtt: undefined},
	{kind: 'direct', address: '192.0.2.1:7', rtt: 12_345.6},
	{kind: 'no-way', reason: {kind: 'families', own: 'ipv6', other: 'ipv4'}},
	{kind: 'blocked', why: 'useless', flaw: hostile},
];
const NOW = 3500;

function words(change: Partial<Contact>, width = 80, isMuted = false): string {
	return titleRow(contact('bob', change), width, {now: NOW, isMuted})
		.map(({text}) => text)
		.join('');
}

test('exactly the width, from 1 to 120 cells, in every state', t => {
	for (const name of ['bob', 'n'.repeat(32)]) {
		for (const presence of ['online', 'offline', 'unknown'] as const) {
			for (const identity of ['unknown', 'pinned', 'verified', 'changed'] as const) {
				for (const path of paths) {
					const agreed = {pin: {value: 'pinned', message: {direction: 'in', id: '1', text: hostile}}} as const;
					const who = contact(name, {presence, identity, path, blocked: identity === 'unknown', agreed});
					for (let width = 1; width <= 120; width++) {
						if (rowWidth(titleRow(who, width, {now: NOW, isMuted: width % 2 === 0})) !== width)
							t.fail(`${name} ${presence} ${identity} ${path.kind} in ${width}`);
					}
				}
			}
		}
	}

	for (let width = 1; width <= 120; width++)
		t.is(rowWidth(titleRow(undefined, width, {now: NOW, isMuted: false})), width);
});

test('who it is, whether compared, how messages travel, and whether they are there', t => {
	const direct: Path = {kind: 'direct', address: '192.0.2.1:7', rtt: 12.4};
	t.regex(words({identity: 'verified', path: direct}), /^bob {2}✓ verified {3}direct · 12 ms +● online$/);
	t.regex(words({identity: 'changed', presence: 'offline'}), /^bob {2}! key changed +○ offline$/);
	t.regex(words({identity: 'pinned', presence: 'unknown'}), /^bob {2}not verified +\? presence unknown$/);
	t.regex(words({presence: 'unknown'}, 59), /^bob {2}not verified +\? unknown$/);
	t.regex(words({presence: 'unknown', path: direct}), /direct · 12 ms +● connected$/, 'beside a session that works');
	t.regex(words({identity: 'verified'}, 80, true), /^bob {2}✓ verified {2}muted +● online$/);
	t.regex(words({identity: 'unknown'}), /^bob +● online$/);
	t.regex(words({identity: 'unknown', onlyKeeper: true}), /^bob +◉ a keeper is there$/);
	t.regex(words({identity: 'unknown', onlyKeeper: true}, 59), /^bob +◉ keeper$/);
	t.regex(words({identity: 'unknown', onlyKeeper: true, presence: 'offline'}), /^bob +○ offline$/);
	t.regex(words({identity: 'changed', blocked: true}), /^bob {2}⊘ blocked +● online$/);
	t.regex(
		words({identity: 'verified', path: direct}, 59),
		/^bob {2}✓ verified +● online$/,
		'no way where it is narrow',
	);
	t.is(words({}, 5), 'bob …');
});

test('how it stands with the way: in full where there is room, in short where not, and on a narrow screen only that there is none', t => {
	const looking = {path: {kind: 'looking', since: 0}} as const;
	t.regex(words(looking), /^bob {2}not verified {3}looking for a way \(3 s\) +● online$/);
	t.regex(words(looking, 59), /^bob {2}not verified {3}looking \(3 s\) +● online$/);
	t.regex(words(looking, 40), /^bob {2}not verified +● online$/);
	const varying = {path: {kind: 'no-way', reason: {kind: 'both-vary'}}} as const;
	t.regex(words(varying), / {3}no way: both NATs change ports +● online$/);
	t.regex(words(varying, 59), / {3}no way: both NATs +● online$/);
	const families = {path: {kind: 'no-way', reason: {kind: 'families', own: 'ipv6', other: 'ipv4'}}} as const;
	t.regex(words(families, 90), / {3}no way: bob has IPv4 only, you IPv6 only +● online$/);
	t.regex(words(families, 60), / {3}no way: IPv4 or IPv6 +● online$/);
});

test('what blocks is harmless', t => {
	t.regex(
		words({path: {kind: 'blocked', why: 'useless', flaw: 'no\u001B[2J\nanswer'}}, 120),
		/blocked: its answer is of no use to us \(no␛\[2J␊answer\) +●/,
	);
});

/** A contact with whom a message of this text is pinned. */
const pinned = (text: string): Partial<Contact> => ({
	agreed: {pin: {value: 'pinned', message: {direction: 'in', id: '1', text}}},
});

test('what is pinned stands behind the rest, as much of it as there is room for', t => {
	t.regex(words(pinned('at five')), / pinned: at five /);
	t.regex(words(pinned('x'.repeat(200))), / pinned: x{8,}…/);
	t.notRegex(words(pinned('at five'), 40), /pinned: /);
	t.notRegex(words({agreed: {pin: {value: 'pinned'}}}), /pinned: /);
});
