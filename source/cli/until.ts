// Waiting for something to be true of a client, or for the end.
import {type Client} from '../client/facade.ts';
import {type Snapshot} from '../client/snapshot.ts';

/** Whether `holds` came true of the client's snapshot within `withinMs` and before `stop`; for ever unless given. */
export async function until(
	client: Pick<Client, 'snapshot' | 'subscribe'>,
	holds: (snapshot: Snapshot) => boolean,
	{withinMs, stop}: {withinMs?: number; stop?: AbortSignal},
): Promise<boolean> {
	if (holds(client.snapshot())) return true;
	if (stop?.aborted) return false;
	return new Promise(resolve => {
		const end = (outcome: boolean) => {
			unsubscribe();
			clearTimeout(timer);
			stop?.removeEventListener('abort', giveUp);
			resolve(outcome);
		};

		const giveUp = () => end(false);
		const timer = withinMs === undefined ? undefined : setTimeout(giveUp, withinMs);
		stop?.addEventListener('abort', giveUp);
		const unsubscribe = client.subscribe(() => {
			if (holds(client.snapshot())) end(true);
		});
	});
}

/** Does `work` when `stop` fires, or now if it has. */
export function whenStopped(stop: AbortSignal, work: () => void): void {
	if (stop.aborted) work();
	else stop.addEventListener('abort', work, {once: true});
}

/** Resolves when `stop` fires. */
export async function stopped(stop: AbortSignal): Promise<void> {
	return new Promise(resolve => whenStopped(stop, () => resolve()));
}
