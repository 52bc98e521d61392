// Rows above the input while another device has changed the list of the own devices, and nobody has looked at it; and how devices are named.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type OwnDevicesState} from '../../client/snapshot.ts';
import {safeText} from '../text/safe.ts';
import {clockText, dayText} from '../text/time.ts';
import {type ScreenRow, firstRows, paragraph} from '../widgets/spans.ts';

/** Digits of an id that stand for a device without a name. */
const SHORT_ID = 8;

/** What a device is called, or else what stands for it; safe to draw, in one line. */
export function deviceLabel({id, label}: {readonly id: string; readonly label: string}): string {
	return label === '' ? catalogue.devices.unnamed(id.slice(0, SHORT_ID)) : safeText(label, {newlines: false});
}

/** Day and time, as the news of devices has them. */
export function deviceTime(ms: number, now: number): string {
	return `${dayText(ms, now)} ${clockText(ms)}`;
}

/** What other devices have done and nobody has looked at, in at most `height` rows: the newest, and how many more there are. */
export function deviceNewsRows(
	{news, isAlarmed, contradictedBy}: Pick<OwnDevicesState, 'news' | 'isAlarmed' | 'contradictedBy'>,
	{width, height, now}: {readonly width: number; readonly height: number; readonly now: number},
): readonly ScreenRow[] {
	const words = catalogue.devices;
	const newest = news.at(-1);
	if (isAlarmed) return firstRows(paragraph(words.alarm, width, 'danger'), width, height);
	if (contradictedBy !== undefined)
		return firstRows(paragraph(words.contradicted(contradictedBy), width, 'danger'), width, height);
	if (newest === undefined) return [];
	const {kind, id, label, by, byLabel, time} = newest;
	const said = words.news[kind](deviceLabel({id, label}), deviceLabel({id: by, label: byLabel}), deviceTime(time, now));
	const rest = news.length > 1 ? ` · ${words.more(news.length - 1)}` : '';
	return firstRows(paragraph(`${said}${rest}`, width, 'danger'), width, height);
}
