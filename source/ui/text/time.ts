// Times of messages in words, in local time or in the zone that is given (IANA name).
import {dateOf} from '../../os/local-clock.ts';

/** Keyed by zone, '' for the local one: as many as a process asks for, one. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** `09:05`. */
export function clockText(ms: number, zone = ''): string {
	const {hour, minute} = partsOf(ms, zone);
	return `${hour}:${minute}`;
}

/** `Tue 3 Nov`, with the year when it is not that of `now`. */
export function dayText(ms: number, now = ms, zone = ''): string {
	const {weekday, day, month, year} = partsOf(ms, zone);
	const text = `${weekday} ${Number(day)} ${month}`;
	return year === partsOf(now, zone).year ? text : `${text} ${year}`;
}

/** `2026-Nov-03`: two times lie on one day when these are the same. */
export function dayKey(ms: number, zone = ''): string {
	const {year, month, day} = partsOf(ms, zone);
	return `${year}-${month}-${day}`;
}

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

function partsOf(ms: number, zone: string): Parts {
	return Object.fromEntries(
		formatOf(zone)
			.formatToParts(dateOf(ms))
			.map(({type, value}) => [type, value]),
	);
}

function formatOf(zone: string): Intl.DateTimeFormat {
	const format =
		formats.get(zone) ??
		new Intl.DateTimeFormat('en-US', {
			weekday: 'short',
			day: '2-digit',
			month: 'short',
			year: 'numeric',
			hour: '2-digit',
			minute: '2-digit',
			hourCycle: 'h23',
			...(zone === '' ? {} : {timeZone: zone}),
		});
	formats.set(zone, format);
	return format;
}
