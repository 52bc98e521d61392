// Has a screen drawn anew with each second since a moment, while somebody waits for what began then. Without one it draws nothing.
import {useEffect, useState} from 'react';

/** `since` and `now`: local ms; undefined while nothing is waited for. */
export function useSecondsSince(since: number | undefined, now: () => number): void {
	const [, setSeconds] = useState(0);
	useEffect(() => {
		if (since === undefined) return;
		let timer: NodeJS.Timeout | undefined;
		const tick = () => {
			// A clock that was set back counts from nothing.
			const passed = Math.max(0, now() - since);
			setSeconds(Math.floor(passed / 1000));
			timer = setTimeout(tick, 1000 - (passed % 1000));
		};

		tick();
		return () => clearTimeout(timer);
	}, [since, now]);
}
