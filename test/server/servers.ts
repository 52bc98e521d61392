// Servers for tests: on loopback, on a port that the kernel picks, in a directory that goes away, with a clock that can be moved.
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {type ExecutionContext} from 'ava';
import {type ServerEvent} from '../../source/server/server-events.ts';
import {type RunningServer, type ServerOptions, startServer} from '../../source/server/start-server.ts';

export type TestServer = RunningServer & {
	readonly data: string;
	readonly events: ServerEvent[];
	/** `ahead`: by how many ms both clocks of the server are ahead of the real ones. `set`: by how many ms only its wall clock was set. */
	readonly clock: {ahead: number; set: number};
	/** Resolves with an event, past or next, for which `matches` is true. */
	event(matches: (event: ServerEvent) => boolean): Promise<ServerEvent>;
};

/** Anyone may register unless the options say otherwise. */
export async function startTestServer(t: ExecutionContext, options: Partial<ServerOptions> = {}): Promise<TestServer> {
	const data = options.data ?? temporaryFolder(t);
	const events: ServerEvent[] = [];
	const clock = {ahead: 0, set: 0};
	const waiting = new Set<(event: ServerEvent) => void>();
	const server = await startServer({
		data,
		listen: {host: '127.0.0.1', port: 0},
		registration: 'open',
		sweepMs: 10,
		clock: {now: () => Date.now() + clock.ahead + clock.set, elapsed: () => performance.now() + clock.ahead},
		emit(event) {
			events.push(event);
			for (const listener of waiting) listener(event);
		},
		...options,
	});
	t.teardown(async () => server.close());
	return {
		...server,
		data,
		events,
		clock,
		async event(matches) {
			const known = events.find(event => matches(event));
			if (known) return known;
			return new Promise(resolve => {
				const listener = (event: ServerEvent) => {
					if (!matches(event)) return;
					waiting.delete(listener);
					resolve(event);
				};

				waiting.add(listener);
			});
		},
	};
}
