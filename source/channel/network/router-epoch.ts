// Whether a router has started anew and so forgotten our mapping: its count of seconds does not go with ours.

/** What a router said of its epoch, seconds, and when we heard it, ms of a clock that only runs forward. */
export type RouterEpoch = {readonly seconds: number; readonly heardAt: number};

/**
 * Whether `heard` is from after a new start. RFC 6887 §8.5 allows a clock that is off by one part in sixteen and by two seconds, on either
 * side; a machine that slept heard nothing of some seconds, and is told to map again, too. RFC 6886 §3.6 has one part in eight, on one
 * side alone.
 */
export function hasStartedAnew(protocol: 'pcp' | 'nat-pmp', before: RouterEpoch, heard: RouterEpoch): boolean {
	const ours = (heard.heardAt - before.heardAt) / 1000;
	const theirs = heard.seconds - before.seconds;
	if (protocol === 'nat-pmp') return theirs + 2 < ours - ours / 8;
	return theirs < -1 || ours + 2 < theirs - theirs / 16 || theirs + 2 < ours - ours / 16;
}
