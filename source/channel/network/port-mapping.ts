// Has the router of this network let datagrams for our port through, and keeps that up: PCP (RFC 6887), or NAT-PMP (RFC 6886) where
// the router answers in its version. Where there is no such router nothing happens but four datagrams in half an hour.
import {type Buffer} from 'node:buffer';
import {type Random} from '../../crypto/random.ts';
import {type Address} from '../../wire/address.ts';
import {type GatewaySocket, MAPPING_PORT, type OpenGatewaySocket} from './gateway-socket.ts';
import {
	type MappingAnswer,
	type MappingDrop,
	type MappingStep,
	SHORTEST_MAPPING_LIFE,
	judgeMappingAnswer,
} from './mapping-answer.ts';
import {type MappingProtocol, type MappingRefusal, type MappingState} from './mapping-state.ts';
import {encodeNatPmpAddress, encodeNatPmpMap} from './nat-pmp.ts';
import {MAPPING_NONCE_SIZE, encodePcpMap} from './pcp-map.ts';
import {type RouterEpoch, hasStartedAnew} from './router-epoch.ts';
import {type Timers} from './timer-port.ts';

/** Seconds that we ask for, and keep a mapping for at most (RFC 6886 §3.3 recommends two hours). */
export const MAPPING_LIFE = 7200;
/** Until the first repetition, ms, then twice as long each time, as RFC 6886 §3.1 has it; four tries, where it has nine: 3.75 s. */
const FIRST_TRY_MS = 250;
const TRIES = 4;
/** At the end a person waits: 0.75 s. */
const LAST_TRIES = 2;
/** After silence, ms. After a refusal as long as the router says, within these bounds. */
const RETRY_MS = 1_800_000;
const SHORTEST_RETRY_MS = 60_000;
/** A mapping is not looked at more often than this, ms, whoever wants to know. */
const CHECK_MS = 60_000;
const ANYWHERE: Address = {host: '0.0.0.0', port: 0};

/** `run`: the start that it belongs to. */
type Router = {readonly gateway: Address; readonly socket: GatewaySocket; readonly run: number};

export type PortMappingOptions = {
	/** Of our UDP socket. */
	readonly port: number;
	/** The router's IPv4 address, looked up at each start: `readDefaultRoute`. */
	readonly gateway: () => string | undefined;
	/** Where it listens; another one in tests. */
	readonly gatewayPort?: number;
	readonly openSocket: OpenGatewaySocket;
	readonly clock: {readonly elapsed: () => number};
	readonly timers: Timers;
	readonly random: Random;
	readonly onChange?: (state: MappingState) => void;
	readonly onDrop?: (reason: MappingDrop) => void;
	/** The system's code for what could not be sent. */
	readonly onError?: (code: string) => void;
};

export class PortMapping {
	readonly #options: PortMappingOptions;
	#state: MappingState = {kind: 'off'};
	/** Grows with each start and stop: what belongs to a former one is over. */
	#run = 0;
	#router: Router | undefined;
	/** One at a time; `isAgain`: asked since the router had started anew. */
	#exchange:
		| {readonly step: MappingStep; readonly datagram: Buffer; tries: number; readonly isAgain: boolean}
		| undefined;
	#cancel: (() => void) | undefined;
	#protocol: MappingProtocol = 'pcp';
	/** What belongs to one mapping: of this router, for this address of ours. */
	#mapping: {readonly key: string; readonly nonce: Buffer; suggested: Address} | undefined;
	#epoch: RouterEpoch | undefined;
	#externalHost = ANYWHERE.host;
	#askedAt = 0;
	/** How often a router has forgotten us. */
	#restarts = 0;
	#onEnded: (() => void) | undefined;
	#stopping: Promise<void> | undefined;

	constructor(options: PortMappingOptions) {
		this.#options = options;
	}

	get state(): MappingState {
		return this.#state;
	}

	get restarts(): number {
		return this.#restarts;
	}

	/** Asks the router of this network, and goes on until `stop`. */
	start(): void {
		if (this.#state.kind === 'off') this.#begin();
	}

	/** The network is another, or the machine has slept: what was mapped may be gone. Nothing while it is off. */
	restart(): void {
		if (this.#state.kind !== 'off' && this.#stopping === undefined) this.#begin();
	}

	/** Asks whether the mapping still stands, once in 60 s at most: for whoever sees that others see us elsewhere. */
	check(): void {
		if (this.#state.kind !== 'mapped' || this.#exchange !== undefined || this.#stopping !== undefined) return;
		if (this.#options.clock.elapsed() - this.#askedAt >= CHECK_MS) this.#ask(this.#firstStep());
	}

	/**
	 * Takes the mapping back; resolves when the router has said so, and after 0.75 s at the latest. A router that has answered nothing yet is
	 * not waited for.
	 */
	async stop(): Promise<void> {
		this.#stopping ??= this.#end();
		await this.#stopping;
		this.#stopping = undefined;
	}

	async #end(): Promise<void> {
		this.#run++;
		const step = this.#protocol === 'pcp' ? 'pcp-end' : 'pmp-end';
		const isAsked = this.#exchange?.step === 'pcp' || this.#exchange?.step === 'pmp-map';
		if (this.#router !== undefined && this.#state.kind === 'mapped') {
			await new Promise<void>(resolve => {
				this.#onEnded = resolve;
				this.#ask(step);
			});
		} else if (isAsked) {
			this.#router?.socket.send(this.#question(step));
		}

		this.#close();
		this.#show({kind: 'off'});
	}

	#begin(): void {
		this.#run++;
		this.#close();
		const {gateway, gatewayPort = MAPPING_PORT} = this.#options;
		const host = gateway();
		if (host === undefined) {
			this.#show({kind: 'no-gateway'});
			return;
		}

		this.#show({kind: 'asking'});
		void this.#open({host, port: gatewayPort}, this.#run);
	}

	/** A start or a stop meanwhile makes it void. */
	async #open(gateway: Address, run: number): Promise<void> {
		const {openSocket, onError} = this.#options;
		const onDatagram = (datagram: Buffer, from: Address): void => {
			if (this.#router?.run === run) this.#receive(datagram, from);
		};
		const socket = await openSocket(gateway, {onDatagram, onError: code => onError?.(code)}).catch(() => undefined);
		if (run !== this.#run) socket?.close();
		else if (socket === undefined) this.#giveUp({kind: 'silent'}, RETRY_MS);
		else this.#meet({gateway, socket, run});
	}

	#meet(router: Router): void {
		this.#router = router;
		const key = `${router.gateway.host} ${router.socket.host}`;
		if (this.#mapping?.key !== key) {
			const suggested = {...ANYWHERE, port: this.#options.port};
			this.#mapping = {key, nonce: this.#options.random(MAPPING_NONCE_SIZE), suggested};
			this.#epoch = undefined;
		}

		this.#protocol = 'pcp';
		this.#ask('pcp');
	}

	#firstStep(): MappingStep {
		return this.#protocol === 'pcp' ? 'pcp' : 'pmp-address';
	}

	#ask(step: MappingStep, isAgain = false): void {
		this.#exchange = {step, datagram: this.#question(step), tries: 0, isAgain};
		this.#askedAt = this.#options.clock.elapsed();
		this.#try();
	}

	#question(step: MappingStep): Buffer {
		const {port} = this.#options;
		const {nonce, suggested} = this.#mapping!;
		if (step === 'pmp-address') return encodeNatPmpAddress();
		if (step === 'pmp-map') return encodeNatPmpMap(port, suggested.port, MAPPING_LIFE);
		if (step === 'pmp-end') return encodeNatPmpMap(port, 0, 0);
		const client = this.#router!.socket.host;
		return encodePcpMap({client, nonce, port, life: step === 'pcp' ? MAPPING_LIFE : 0, suggested});
	}

	#try(): void {
		const exchange = this.#exchange;
		if (exchange === undefined) return;
		if (exchange.tries === (exchange.step.endsWith('-end') ? LAST_TRIES : TRIES)) {
			this.#unanswered();
			return;
		}

		this.#wait(FIRST_TRY_MS * 2 ** exchange.tries++, () => this.#try());
		this.#router?.socket.send(exchange.datagram);
	}

	#unanswered(): void {
		this.#exchange = undefined;
		this.#onEnded?.();
		if (this.#onEnded !== undefined) return;
		const left = this.#state.kind === 'mapped' ? this.#state.endsAt - this.#options.clock.elapsed() : 0;
		if (left > SHORTEST_MAPPING_LIFE * 1000) this.#wait(left / 2, () => this.#ask(this.#firstStep()));
		else if (left > 0) this.#wait(left, () => this.#giveUp({kind: 'silent'}, RETRY_MS));
		else this.#giveUp({kind: 'silent'}, RETRY_MS);
	}

	/** The next try is a new start. */
	#giveUp(state: MappingState, pauseMs: number): void {
		this.#close();
		this.#show(state);
		this.#wait(pauseMs, () => this.#begin());
	}

	#receive(datagram: Buffer, from: Address): void {
		const {gateway} = this.#router ?? {};
		const {onDrop, port} = this.#options;
		if (from.host !== gateway?.host || from.port !== gateway.port) onDrop?.('elsewhere');
		else if (this.#exchange === undefined) onDrop?.('late');
		else {
			const {step} = this.#exchange;
			const answer = judgeMappingAnswer(step, datagram, {port, nonce: this.#mapping!.nonce});
			if (answer.kind === 'dropped') onDrop?.(answer.reason);
			else if (step.endsWith('-end')) this.#ended();
			else this.#take(answer);
		}
	}

	#take(answer: Exclude<MappingAnswer, {kind: 'dropped'}>): void {
		switch (answer.kind) {
			case 'older-version':
				this.#protocol = 'nat-pmp';
				this.#epoch = undefined;
				this.#ask('pmp-address');
				break;
			case 'address':
				// The epoch is looked at once, with the second answer.
				this.#externalHost = answer.host;
				this.#ask('pmp-map', this.#exchange?.isAgain);
				break;
			case 'refused':
				this.#hear(answer.epoch);
				this.#refused(answer.result, answer.life);
				break;
			case 'mapping': {
				const isAnew = this.#hear(answer.epoch);
				this.#mapped({host: answer.host ?? this.#externalHost, port: answer.port}, answer.life, isAnew);
			}
		}
	}

	/** Whether the router has started anew since it spoke last. */
	#hear(seconds: number): boolean {
		const before = this.#epoch;
		this.#epoch = {seconds, heardAt: this.#options.clock.elapsed()};
		const isAnew = before !== undefined && hasStartedAnew(this.#protocol, before, this.#epoch);
		if (isAnew) this.#restarts++;
		return isAnew;
	}

	#mapped(external: Address, granted: number, isAnew: boolean): void {
		const life = Math.min(granted, MAPPING_LIFE);
		const isAgain = this.#exchange?.isAgain === true;
		this.#exchange = undefined;
		const endsAt = this.#options.clock.elapsed() + life * 1000;
		this.#mapping!.suggested = external;
		this.#show({kind: 'mapped', protocol: this.#protocol, external, life, endsAt});
		if (isAnew && !isAgain) this.#ask(this.#firstStep(), true);
		else this.#wait(life * 1000 * this.#renewalShare(), () => this.#ask(this.#firstStep()));
	}

	/** Half of the life, and up to an eighth more, so that not all of a network come at once (RFC 6887 §11.2.1). */
	#renewalShare(): number {
		return 1 / 2 + this.#options.random(1)[0]! / 256 / 8;
	}

	#refused(result: MappingRefusal, seconds: number): void {
		const pause = seconds === 0 ? RETRY_MS : Math.min(Math.max(seconds * 1000, SHORTEST_RETRY_MS), RETRY_MS);
		this.#giveUp({kind: 'refused', protocol: this.#protocol, result}, pause);
	}

	#ended(): void {
		this.#exchange = undefined;
		this.#onEnded?.();
	}

	#wait(ms: number, task: () => void): void {
		this.#cancel?.();
		this.#cancel = this.#options.timers.after(ms, task);
	}

	#close(): void {
		this.#cancel?.();
		this.#cancel = undefined;
		this.#exchange = undefined;
		this.#onEnded = undefined;
		this.#router?.socket.close();
		this.#router = undefined;
	}

	#show(state: MappingState): void {
		if (state.kind === this.#state.kind && JSON.stringify(state) === JSON.stringify(this.#state)) return;
		this.#state = state;
		this.#options.onChange?.(state);
	}
}
