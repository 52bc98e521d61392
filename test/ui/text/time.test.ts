// Times of messages in words.
import test from 'ava';
import {saying} from '../../../source/catalogue/catalogue.ts';
import type {Catalogue} from '../../../source/catalogue/catalogue-type.ts';
import {en} from '../../../source/catalogue/en/en.ts';
import {clockText, dayKey, dayText} from '../../../source/ui/text/time.ts';

const time = Date.UTC(2026, 10, 3, 23, 5);

test('the clock', t => {
	t.is(clockText(time, 'UTC'), '23:05');
	t.is(clockText(time, 'Asia/Tokyo'), '08:05');
	t.is(clockText(Date.UTC(2026, 0, 1), 'UTC'), '00:00');
});

test('the day', t => {
	t.is(dayText(time, time, 'UTC'), 'Tue 3 Nov');
	t.is(dayText(time, time, 'Asia/Tokyo'), 'Wed 4 Nov');
	t.is(dayText(time, Date.UTC(2027, 0, 1), 'UTC'), 'Tue 3 Nov 2026');
	t.is(dayText(Date.UTC(2026, 8, 30), time, 'UTC'), 'Wed 30 Sep');
});

test('one day or two', t => {
	t.is(dayKey(time, 'UTC'), dayKey(time - 23 * 3_600_000, 'UTC'));
	t.not(dayKey(time, 'UTC'), dayKey(time + 3_600_000, 'UTC'));
	t.not(dayKey(time, 'UTC'), dayKey(Date.UTC(2027, 10, 3), 'UTC'));
});

test('local time is that of the machine', t => {
	const {timeZone} = Intl.DateTimeFormat().resolvedOptions();
	t.is(clockText(time), clockText(time, timeZone));
	t.is(dayText(time), dayText(time, time, timeZone));
});

test('a clock that is wrong beyond dates', t => {
	for (const ms of [2 ** 53 - 1, -(2 ** 53), Number.NaN, Infinity]) {
		t.regex(clockText(ms, 'UTC'), /^\d\d:\d\d$/);
		t.regex(dayText(ms, 0, 'UTC'), /^\w{3} \d{1,2} \w{3}/);
	}
});

/** A language that names the same day: `pattern` says in which order. */
const speaking = (language: string, day: Catalogue['time']['day']): Catalogue => ({
	...en,
	language,
	time: {...en.time, day, dayOfYear: (weekday, date, month, year) => `${day(weekday, date, month)} ${year}`},
});

test('days have the names and the order of the language', t => {
	const german = speaking('de', (weekday, day, month) => `${weekday}, ${day}. ${month}`);
	const japanese = speaking('ja', (weekday, day, month) => `${month}${day}日(${weekday})`);
	t.is(
		saying(german, () => dayText(time, time, 'UTC')),
		'Di, 3. Nov',
	);
	t.is(
		saying(japanese, () => dayText(time, 0, 'UTC')),
		'11月3日(火) 2026',
	);
	t.is(
		saying(japanese, () => clockText(time, 'UTC')),
		'23:05',
	);
	t.is(dayText(time, time, 'UTC'), 'Tue 3 Nov');
});
