// Which answers of a router count, and what they say: whatever is not from it, or answers nothing that is asked, is dropped by its reason.
import {type Buffer} from 'node:buffer';
import {type Address, scopeOf} from '../../wire/address.ts';
import {type MappingRefusal} from './mapping-state.ts';
import {type NatPmpAnswer, decodeNatPmp} from './nat-pmp.ts';
import {PCP_LIMIT, PCP_VERSION, type PcpMapAnswer, decodePcpMap} from './pcp-map.ts';

/** What is asked; what ends in `-end` takes a mapping back. NAT-PMP asks for the router's address first. */
export type MappingStep = 'pcp' | 'pmp-address' | 'pmp-map' | 'pcp-end' | 'pmp-end';

/** Why a datagram counts for nothing. `elsewhere`: not from the router. `late`: nothing of the kind is asked. */
export type MappingDrop = 'elsewhere' | 'late' | 'short' | 'long' | 'malformed' | 'version' | 'nonce' | 'port';

/** Lives and epochs in seconds. */
export type MappingAnswer =
	| {readonly kind: 'dropped'; readonly reason: MappingDrop}
	/** The router knows NAT-PMP alone (RFC 6887 §9, RFC 6886 §3.5). */
	| {readonly kind: 'older-version'}
	| {readonly kind: 'address'; readonly host: string; readonly epoch: number}
	/** `host`: undefined where the router tells it apart, in `address`. */
	| {
			readonly kind: 'mapping';
			readonly host: string | undefined;
			readonly port: number;
			readonly life: number;
			readonly epoch: number;
	  }
	/** `life`: for how long the answer is no; 0 where the router does not say. */
	| {readonly kind: 'refused'; readonly result: MappingRefusal; readonly life: number; readonly epoch: number};

/** Whose answer is waited for: for our port, with our nonce, which PCP alone has. */
export type AwaitedMapping = {readonly port: number; readonly nonce: Buffer};

/** A mapping of fewer seconds is of no use, and would have us ask without end. */
export const SHORTEST_MAPPING_LIFE = 60;

/** For a datagram from the router, whatever it holds. */
export function judgeMappingAnswer(step: MappingStep, datagram: Buffer, awaited: AwaitedMapping): MappingAnswer {
	const version = datagram[0];
	if (version === undefined) return dropped('short');
	if (datagram.length > PCP_LIMIT) return dropped('long');
	if (version === 0) return ofNatPmp(step, decodeNatPmp(datagram), awaited);
	const isAwaited = version === PCP_VERSION && (step === 'pcp' || step === 'pcp-end');
	return isAwaited ? ofPcp(decodePcpMap(datagram), awaited) : dropped('version');
}

function ofPcp(answer: PcpMapAnswer | MappingDrop, {port, nonce}: AwaitedMapping): MappingAnswer {
	if (typeof answer === 'string') return dropped(answer);
	if (!answer.nonce.equals(nonce)) return dropped('nonce');
	if (answer.port !== port) return dropped('port');
	const {result, life, epoch, external} = answer;
	if (result !== 'success') return {kind: 'refused', result, life, epoch};
	return mapping(external, life, epoch);
}

function ofNatPmp(step: MappingStep, answer: NatPmpAnswer | MappingDrop, {port}: AwaitedMapping): MappingAnswer {
	if (typeof answer === 'string') return dropped(answer);
	const isPcp = step === 'pcp' || step === 'pcp-end';
	if (isPcp) {
		const isOlder = answer.kind === 'refused' && answer.result === 'unsupported version';
		return isOlder ? {kind: 'older-version'} : dropped('version');
	}

	const {epoch} = answer;
	if (answer.kind === 'refused') {
		const asked = step === 'pmp-address' ? 0 : 1;
		const {operation, result} = answer;
		return operation === asked ? {kind: 'refused', result, life: 0, epoch} : dropped('late');
	}

	if ((answer.kind === 'address') !== (step === 'pmp-address')) return dropped('late');
	if (answer.kind === 'address') {
		const isAnybody = ['public', 'private'].includes(scopeOf(answer.host));
		return isAnybody ? answer : {kind: 'refused', result: 'no external address', life: 0, epoch};
	}

	if (answer.port !== port) return dropped('port');
	if (answer.externalPort === 0 && step === 'pmp-map') return dropped('malformed');
	return mapping({host: undefined, port: answer.externalPort}, answer.life, epoch);
}

function mapping(
	external: Address | {readonly host: undefined; readonly port: number} | undefined,
	life: number,
	epoch: number,
): MappingAnswer {
	const isLasting = external !== undefined && life >= SHORTEST_MAPPING_LIFE;
	return isLasting
		? {kind: 'mapping', ...external, life, epoch}
		: {kind: 'refused', result: 'short life', life: 0, epoch};
}

function dropped(reason: MappingDrop): MappingAnswer {
	return {kind: 'dropped', reason};
}
