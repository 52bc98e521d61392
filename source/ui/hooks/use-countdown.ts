// Seconds until a moment, drawn anew with each: the one thing on the screen that moves by itself, because somebody waits.
import {useEffect, useEffectEvent, useState} from 'react';

/** While it runs, the whole seconds that are `left` (ms), else 0; `onEnd` once none are. */
export function useCountdown(isRunning: boolean, left: () => number, onEnd: () => void): number {
	const [rest, setRest] = useState(left);
	const end = useEffectEvent(onEnd);
	useEffect(() => {
		if (!isRunning) return;
		let timer: NodeJS.Timeout | undefined;
		const tick = () => {
			const now = left();
			setRest(now);
			if (now <= 0) return end();
			timer = setTimeout(tick, now % 1000 || 1000);
		};

		tick();
		return () => clearTimeout(timer);
	}, [isRunning, left]);
	return isRunning ? Math.max(0, Math.ceil(rest / 1000)) : 0;
}
