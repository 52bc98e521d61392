// Times, amounts and rates in words.
import {clockText, dayKey, dayText} from '../ui/text/time.ts';

/** Seconds that a rate is the mean of. */
const RATE_SECONDS = 10;

/** The two largest units of a time in ms: `2 d 3 h`, `12 min`. Under a minute it counts seconds, past it it is still for a minute. */
export function uptimeText(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes} min`;
	const hours = Math.floor(minutes / 60);
	return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The time of day, or the day when that is not today. Local. */
export function sinceText(ms: number, now: number): string {
	return dayKey(ms) === dayKey(now) ? clockText(ms) : dayText(ms, now);
}

/** `09:05:01`, local, as in the log. */
export function secondText(ms: number): string {
	return new Date(ms).toTimeString().slice(0, 8);
}

export function memoryText(bytes: number): string {
	return `${Math.round(bytes / (1024 * 1024))} MiB`;
}

/** The mean of the last ten seconds. */
export function rateText(counts: readonly number[]): string {
	const last = counts.slice(-RATE_SECONDS);
	const rate = last.reduce((sum, count) => sum + count, 0) / Math.max(1, last.length);
	return `${rate.toFixed(rate < 10 ? 1 : 0)}/s`;
}
