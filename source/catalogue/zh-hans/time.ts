// Days and durations.
export const time = {
	day: (weekday: string, day: number, month: string) => `${month}${day}日 ${weekday}`,
	dayOfYear: (weekday: string, day: number, month: string, year: number) => `${year}年${month}${day}日 ${weekday}`,
	// Without a space, for the narrow place behind a message.
	seconds: (count: number) => `${count}秒`,
	minutes: (count: number) => `${count}分钟`,
	hours: (count: number) => `${count}小时`,
	days: (count: number) => `${count}天`,
	weeks: (count: number) => `${count}周`,
};
