// The signals that ask this process to end. They go to the handler that was set last: to the screen while it is open, not to the
// command that opened it.
import process from 'node:process';

/** With the exit codes that shells give them. */
const END_SIGNALS = [
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
] as const;

type EndSignal = (typeof END_SIGNALS)[number][0];
type EndHandler = (signal: EndSignal, exitCode: number) => void;

let current: EndHandler | undefined;

/** `handler` gets each of these signals from now on, in place of the handler before it. */
export function handleEndSignals(handler: EndHandler): void {
	if (current === undefined)
		for (const [signal, exitCode] of END_SIGNALS) process.on(signal, () => current?.(signal, exitCode));
	current = handler;
}
