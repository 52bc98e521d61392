// The demo: a server, an echo bot and you.
export const demo = {
	starting: 'Starting a directory server and an echo bot on this machine …',
	intro: 'A directory server, an echo bot and you: three processes on this machine.',
	/** The three, in columns: `name` below the other names. `link`: the server's join link. */
	server: (pid: string, link: string) => `server  process ${pid}  ${link}`,
	echo: (pid: string) => `echo    process ${pid}`,
	you: (pid: string) => `you     process ${pid}`,
	/** The author of one's own messages. */
	me: 'you',
	// What is sent to the bot.
	hello: 'Hello, echo!',
	twoLines: 'Two lines:\nand the second',
	roundTrip: (count: number) => `round trip ${count}`,
	backAgain: 'Back again.',
	/** A message that is not shown whole. */
	cut: (message: string, bytes: number) => `${message} (${bytes} bytes)`,
	// What was measured, in columns.
	longMessage: (bytes: number) => `long message    ${bytes} bytes there and back, compared byte for byte`,
	/** `time`: such as `3.1 ms`. */
	setUp: (time: string) => `session set-up  ${time} from sending with no session to the first receipt`,
	/** `times`: of `minMedianMax`. */
	roundTrips: (times: string, count: number) =>
		`round trips     ${times} over ${count} messages to echo and back, each written to both disks`,
	minMedianMax: (min: string, median: string, max: string) => `min ${min}, median ${median}, max ${max}`,
	/** `way`: one of the two below. */
	path: (way: string) => `path            ${way}`,
	/** `kind`: path.lan or path.direct. */
	way: (kind: string, address: string, time: string) => `${kind} to ${address}, round-trip time ${time}`,
	wayUnmeasured: (kind: string, address: string) => `${kind} to ${address}, round-trip time not measured`,
	/** `why`: what the client says to a wrong password. */
	wrongPassword: (why: string) => `wrong password  refused: ${why}`,
	rightPassword: 'right password  signed in again, and echo answered',
	// Why it came to nothing. `why`: one of those below, or another error.
	failed: (why: string) => `the demo failed: ${why}`,
	stopped: 'the demo was stopped',
	tooSlow: (seconds: number) => `it is not through after ${seconds} s`,
	over: 'the demo is over',
	knownBefore: 'echo is known before the first message',
	notRefused: 'a wrong password was not refused with four tries left',
	otherAnswer: (bytes: number) => `the answer to a message of ${bytes} bytes is not that message`,
	/** `kind`: a word for experts that stays as it is. */
	noDirectWay: (kind: string) => `messages have no direct way: ${kind}`,
	/** `why`: the process's own words, a signal, or `exitCode`. */
	endedEarly: (why: string) => `a process of the demo ended too early: ${why}`,
	exitCode: (code: string) => `exit code ${code}`,
};
