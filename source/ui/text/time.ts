// Times of messages in words, in local time or in the zone that is given (IANA name).
import {dateOf} from '../../os/local-clock.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** Keyed by language and zone, '' for the local one: as many as a process asks for, one or two. */
const formats = new Map<string, Formats>();

type Formats = {
	readonly weekday: Intl.DateTimeFormat;
	readonly month: Intl.DateTimeFormat;
	readonly numbers: Intl.DateTimeFormat;
};

/** `09:05`. */
export function clockText(ms: number, zone = ''): string {
	const {hour, minute} = numbersOf(ms, zone);
	return `${hour}:${minute}`;
}

/** `Tue 3 Nov`, with the year when it is not that of `now`; in the order and with the names of the catalogue's language. */
export function dayText(ms: number, now = ms, zone = ''): string {
	const {weekday, month} = formatsOf(zone);
	const {day, year} = numbersOf(ms, zone);
	const date = dateOf(ms);
	const names = [weekday.format(date), Number(day), month.format(date)] as const;
	const {day: dayIn, dayOfYear} = catalogue.time;
	return year === numbersOf(now, zone).year ? dayIn(...names) : dayOfYear(...names, Number(year));
}

/** `2026-11-03`: two times lie on one day when these are the same. */
export function dayKey(ms: number, zone = ''): string {
	const {year, month, day} = numbersOf(ms, zone);
	return `${year}-${month}-${day}`;
}

type Numbers = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

function numbersOf(ms: number, zone: string): Numbers {
	const parts = formatsOf(zone).numbers.formatToParts(dateOf(ms));
	return Object.fromEntries(parts.map(({type, value}) => [type, value]));
}

function formatsOf(zone: string): Formats {
	const {language} = catalogue;
	const key = `${language} ${zone}`;
	const timeZone = zone === '' ? {} : {timeZone: zone};
	const known = formats.get(key);
	if (known !== undefined) return known;
	const made = {
		weekday: new Intl.DateTimeFormat(language, {weekday: 'short', ...timeZone}),
		month: new Intl.DateTimeFormat(language, {month: 'short', ...timeZone}),
		// Digits are the same in all languages here.
		numbers: new Intl.DateTimeFormat('en-US', {
			day: '2-digit',
			month: '2-digit',
			year: 'numeric',
			hour: '2-digit',
			minute: '2-digit',
			hourCycle: 'h23',
			...timeZone,
		}),
	};
	formats.set(key, made);
	return made;
}
