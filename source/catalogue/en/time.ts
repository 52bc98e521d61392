// Days and durations.
export const time = {
	/** A day of this year. `weekday` and `month` are short names, as Intl has them in this language (Tue, Nov). At most 14 cells. */
	day: (weekday: string, day: number, month: string) => `${weekday} ${day} ${month}`,
	/** A day of another year. At most 20 cells. */
	dayOfYear: (weekday: string, day: number, month: string, year: number) => `${weekday} ${day} ${month} ${year}`,
	/** Durations, such as how long a message stays: units as short as one writes them, some 6 cells. */
	seconds: (count: number) => `${count} s`,
	minutes: (count: number) => `${count} min`,
	hours: (count: number) => `${count} h`,
	days: (count: number) => `${count} d`,
	weeks: (count: number) => `${count} w`,
};
