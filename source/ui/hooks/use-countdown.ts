// Seconds until a moment, drawn anew with each: the one thing on the screen that moves by itself, because somebody waits.
import {useEffect, useEffectEvent, useState} from 'react';

/** Whole seconds until `until` by `clock` (local ms), 0 without it; `onEnd` once it is reached. */
export function useCountdown(until: number | undefined, clock: () => number, onEnd: () => void): number {
	const [now, setNow] = useState(clock);
	const end = useEffectEvent(onEnd);
	useEffect(() => {
		if (until === undefined) return;
		let timer: NodeJS.Timeout | undefined;
		const tick = () => {
			const left = until - clock();
			setNow(clock());
			if (left <= 0) return end();
			timer = setTimeout(tick, left % 1000 || 1000);
		};

		tick();
		return () => clearTimeout(timer);
	}, [until, clock]);
	return until === undefined ? 0 : Math.max(0, Math.ceil((until - now) / 1000));
}
