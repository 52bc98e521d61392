// One message from one home to another: sent by `send`, heard by `tail`, with what was seen on the way.
import {type Counts} from './datagram-counter.ts';
import {type Expected, GIVEN_UP_S} from './expected.ts';
import {type Sent} from './person.ts';

export type Delivery = {
	readonly from: string;
	readonly to: string;
	readonly isDelivered: boolean;
	/** How often the receiver printed it. */
	readonly heard: number;
	readonly exitCode: number | null;
	/** From the sender's sign-in, or the start of `send` where there was none, to its end. */
	readonly seconds: number;
	/** What `send` says of why not, '' when it was delivered. */
	readonly why: string;
	/** PROBE datagrams that asked, of both sides. */
	readonly asks: number;
};

/** More asks than both sides send without birthday probing (42 each). */
const BIRTHDAY_ASKS = 84;

export function deliveryOf(
	names: {readonly from: string; readonly to: string},
	{code, words, began, ended}: Sent,
	{signedIn = began, heard, counts}: {signedIn: number | undefined; heard: number; counts: readonly Counts[]},
): Delivery {
	return {
		...names,
		isDelivered: code === 0,
		heard,
		exitCode: code,
		seconds: (ended - signedIn) / 1000,
		why: code === 0 ? '' : reasonOf(words),
		asks: counts.reduce((sum, {asks}) => sum + asks.packets, 0),
	};
}

/** Without what `send` says around it every time. */
function reasonOf(words: string): string {
	const first = words.split('\n')[0] ?? '';
	const reason = /^simchat: not delivered yet: (?<reason>.*)\. It is kept on this disk/.exec(first)?.groups?.['reason'];
	return reason ?? (first.replace(/^simchat: /, '') || 'it says nothing');
}

/** Whether a delivery is as expected. A message counts as delivered only when it was printed once; without a way `send` ends in time. */
export function isAsExpected({isDelivered, heard, seconds, why}: Delivery, expected: Expected): boolean {
	if ('why' in expected) return !isDelivered && heard === 0 && expected.why.test(why) && seconds <= GIVEN_UP_S;
	return isDelivered && heard === 1 && seconds <= expected.withinS;
}

/** `port → sym: delivered in 2.1 s by birthday`, or why not, in the words of `send`. */
export function deliveryLine(delivery: Delivery): string {
	const {from, to, isDelivered, heard, exitCode, seconds, why, asks} = delivery;
	const pair = `${from} → ${to}`;
	const time = `${seconds.toFixed(1)} s`;
	if (!isDelivered)
		return `${pair}: not delivered in ${time}: ${why} (exit code ${exitCode}${heard > 0 ? ', but heard' : ''})`;
	const way = asks > BIRTHDAY_ASKS ? `by birthday (${asks} asks)` : asks > 0 ? `by probes (${asks} asks)` : 'directly';
	return `${pair}: delivered in ${time} ${way}${heard === 1 ? '' : `, but heard ${heard} times`}`;
}
