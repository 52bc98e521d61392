// Days and durations.
export const time = {
	day: (weekday: string, day: number, month: string) => `${weekday} ${day} ${month}`,
	dayOfYear: (weekday: string, day: number, month: string, year: number) => `${weekday} ${day} ${month} ${year}`,
	seconds: (count: number) => `${count} s`,
	minutes: (count: number) => `${count} min`,
	hours: (count: number) => `${count} h`,
	days: (count: number) => `${count} j`,
	weeks: (count: number) => `${count} sem`,
};
