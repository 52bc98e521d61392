// What the server tells Prometheus: numbers of now, counts since the start, and how long things take. No label has a value that a stranger
// can choose.
import {monitorEventLoopDelay} from 'node:perf_hooks';
import {Counter, Gauge, Histogram, Registry} from 'prom-client';
import {type Address} from '../wire/address.ts';
import {type ListenAddress} from './listen-address.ts';
import {type Measures} from './measures.ts';
import {serveOperator} from './operator-http.ts';
import {type ConnectionDropReason, type Emit, type ServerEvent} from './server-events.ts';

/** Functions that read a value at the moment when the metrics are asked for. */
export type Gauges = Readonly<Record<keyof typeof meanings, () => number | Promise<number>>>;

const meanings = {
	online: 'Names online',
	connections: 'TCP connections',
	half_open: 'Connections that have not signed in',
	udp_sockets: 'UDP sockets that answer BIND',
	accounts: 'Accounts',
	queue_steps: 'Costly steps of logins that wait or run',
	queue_wait_seconds: 'How long a login that came now would wait',
} as const;

/** Upper bounds, s: of a stage of a login, and of a call to the store. */
const STAGE_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STORE_BUCKETS = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5];
/** How often the event loop is looked at, ms. */
const LOOP_MS = 10;
const LOOP_QUANTILES = [0.5, 0.99, 0.999, 1];

export type Metrics = Measures & {readonly address: Address; readonly emit: Emit; close(): Promise<void>};

/** Serves them over HTTP, and whether the server is alive and ready (`obstacle`: why it is not). Throws ListenError. */
export async function serveMetrics(
	listenAddress: ListenAddress,
	gauges: Gauges,
	obstacle: () => Promise<string | undefined>,
): Promise<Metrics> {
	const registry = new Registry();
	for (const [key, read] of Object.entries(gauges)) {
		// What the store does not say now is not a number.
		const collect = async function (this: Gauge) {
			this.set(await Promise.resolve(read()).catch(() => Number.NaN));
		};

		registry.registerMetric(
			new Gauge({name: `simchat_${key}`, help: meanings[key as keyof Gauges], registers: [], collect}),
		);
	}

	const loop = monitorEventLoopDelay({resolution: LOOP_MS});
	registry.registerMetric(loopDelay(loop));
	const metrics = {contentType: registry.contentType, text: async () => registry.metrics()};
	const http = await serveOperator(listenAddress, {metrics, obstacle});
	loop.enable();
	return {
		address: http.address,
		emit: createCounters(registry),
		...createTimers(registry),
		async close() {
			loop.disable();
			await http.close();
		},
	};
}

/** How late the event loop came to a timer since the metrics were read last. */
function loopDelay(loop: ReturnType<typeof monitorEventLoopDelay>): Gauge {
	return new Gauge({
		name: 'simchat_loop_delay_seconds',
		help: 'How late the event loop was since these metrics were read last',
		labelNames: ['quantile'],
		registers: [],
		collect() {
			for (const quantile of LOOP_QUANTILES) {
				// What is measured is the time from one look to the next, ns.
				const late = loop.count === 0 ? 0 : loop.percentile(quantile * 100) / 1e9 - LOOP_MS / 1000;
				this.set({quantile: String(quantile)}, Math.max(0, late));
			}

			loop.reset();
		},
	});
}

function createTimers(registry: Registry): Measures {
	const registers = [registry];
	const stages = new Histogram({
		name: 'simchat_login_stage_seconds',
		help: 'How long the server took for a stage of a login',
		labelNames: ['stage'],
		buckets: STAGE_BUCKETS,
		registers,
	});
	const calls = new Histogram({
		name: 'simchat_store_seconds',
		help: 'How long the store took',
		labelNames: ['operation'],
		buckets: STORE_BUCKETS,
		registers,
	});
	const errors = new Counter({
		name: 'simchat_store_errors_total',
		help: 'What the store failed to do',
		labelNames: ['operation'],
		registers,
	});
	return {
		stage(stage, ms) {
			stages.observe({stage}, ms / 1000);
		},
		store(operation, ms, hasFailed) {
			calls.observe({operation}, ms / 1000);
			if (hasFailed) errors.inc({operation});
		},
	};
}

function createCounters(registry: Registry): Emit {
	const counter = (name: string, help: string, ...labelNames: string[]) =>
		new Counter({name: `simchat_${name}_total`, help, labelNames, registers: [registry]});
	const logins = counter('logins', 'Logins that succeeded');
	const registrations = counter('registrations', 'Accounts made');
	const introductions = counter('introductions', 'Introductions asked for', 'granted');
	const refusals = counter('refusals', 'Logins and registrations refused', 'reason');
	const drops = counter('drops', 'Connections dropped', 'reason');
	const shed = counter(
		'shed',
		'Clients that were told to come back later, since there was no time or no place for them',
	);
	const failures = counter('failures', 'Failures of the server itself');
	return event => {
		if (event.kind === 'signed in') logins.inc();
		if (event.kind === 'registered') registrations.inc();
		if (event.kind === 'introduced') introductions.inc({granted: String(event.granted)});
		if (event.kind === 'refused') refusals.inc({reason: event.reason});
		if (event.kind === 'dropped') drops.inc({reason: event.reason});
		if (isShed(event)) shed.inc();
		if (FAILURES.has(event.kind)) failures.inc();
	};
}

const PLACELESS: ReadonlySet<ConnectionDropReason> = new Set(['crowded out', 'full', 'no descriptors'] as const);

const FAILURES: ReadonlySet<ServerEvent['kind']> = new Set(['failed', 'lease lost', 'bus down'] as const);

function isShed(event: ServerEvent): boolean {
	return (
		(event.kind === 'refused' && event.reason === 'busy') || (event.kind === 'dropped' && PLACELESS.has(event.reason))
	);
}
