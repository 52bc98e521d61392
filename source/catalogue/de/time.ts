// Days and durations.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('de');

export const time = {
	day: (weekday: string, day: number, month: string) => `${weekday} ${day}. ${month}`,
	dayOfYear: (weekday: string, day: number, month: string, year: number) => `${weekday} ${day}. ${month} ${year}`,
	seconds: (count: number) => `${count} s`,
	minutes: (count: number) => `${count} min`,
	hours: (count: number) => `${count} h`,
	days: (count: number) => plural(count, {one: `${count} Tag`, other: `${count} Tage`}),
	weeks: (count: number) => `${count} Wo`,
};
