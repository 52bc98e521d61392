// What is said above the input of the own devices: the worst of it, and nothing while there is nothing.
import test from 'ava';
import {type OwnDevicesState} from '../../../source/client/snapshot.ts';
import {deviceNewsRows} from '../../../source/ui/panes/device-news.ts';
import {rowWidth} from '../../../source/ui/widgets/spans.ts';

const ADDED = {
	kind: 'add',
	role: 'device',
	id: '1'.repeat(16),
	label: 'phone',
	by: '2'.repeat(16),
	byLabel: 'laptop',
	time: 0,
} as const;

function words(state: Partial<OwnDevicesState>, width = 200): string {
	const rows = deviceNewsRows({news: [], isAlarmed: false, ...state}, {width, height: 9, now: 0});
	for (const row of rows) if (rowWidth(row) > width) throw new Error('wider than the screen');
	return rows.map(row => row.map(({text}) => text).join('')).join(' ');
}

test('nothing, a device that was added, a contact who was shown another list, a list that is another one: the worst comes alone', t => {
	t.is(words({}), '');
	t.regex(words({news: [ADDED]}), /^NEW DEVICE of your account: phone, added by laptop/);
	const contradicted = {news: [ADDED], contradictedBy: 'bob'};
	t.regex(words(contradicted), /^bob was shown another list of your devices/);
	t.regex(words({...contradicted, isAlarmed: true}), /ANOTHER LIST OF YOUR DEVICES/);
	for (let width = 1; width < 60; width++) t.notThrows(() => words(contradicted, width));
});
