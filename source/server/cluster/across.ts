// What one server does for members of another: introductions, punches, requests to join, and BINDs that came to the wrong one. Both halves.
import {type Buffer} from 'node:buffer';
import {deviceIdOf} from '../../protocol/devices/device-log.ts';
import {isFresh} from '../../protocol/introduce/kdc.ts';
import {BIND_SKEW_MS} from '../../protocol/path/bind.ts';
import {fullBucket, take} from '../../protocol/token-bucket.ts';
import {type Address} from '../../wire/address.ts';
import {type Introduce} from '../../wire/messages/introduce.ts';
import {decodeBind} from '../../wire/messages/path.ts';
import {VERSION} from '../../wire/suite.ts';
import {passLinkOn} from '../guest-requests.ts';
import {answerIntroduce, grantTo, refuseUnbound, sendPunch, takeCall} from '../introductions.ts';
import {type Member, canMeet, isBound} from '../member.ts';
import {untilNamed} from '../rate-limits.ts';
import {answerBind} from '../reflector.ts';
import {mustWait} from '../request-handler.ts';
import {type Directory} from '../sessions.ts';
import {type Bus} from './bus.ts';
import {type BusMessage, type RemoteAsker} from './bus-messages.ts';
import {type NodeRun} from './bus-seal.ts';
import {type RemoteDevice} from './claims.ts';
import {type NodeIds} from './node-ids.ts';

/** How long the server of the other has for an introduction, ms. Without an answer there is no grant. */
const ANSWER_MS = 2000;
/** BINDs that a server passes on: whoever sends more datagrams without a session is not served. */
const BINDS = {burst: 5000, perSecond: 5000};

export type AcrossPorts = {
	readonly directory: Directory;
	readonly ids: NodeIds;
	/** This server, while its lease holds, and the way to others. */
	readonly here: () => {readonly run: NodeRun; readonly bus: Bus} | undefined;
	readonly find: (names: readonly string[]) => Promise<ReadonlyMap<string, readonly RemoteDevice[]>>;
	readonly sendDatagram: (at: Address, datagram: Buffer, to: Address) => void;
};

export class Across {
	readonly #ports: AcrossPorts;
	readonly #binds = fullBucket(BINDS, 0);

	constructor(ports: AcrossPorts) {
		this.#ports = ports;
	}

	async introduce(member: Member, asked: Introduce, device: Buffer | undefined): Promise<void> {
		const {directory, here} = this.#ports;
		const {limits, clock, presence} = directory;
		const target = await this.#deviceOf(member, asked.name, device);
		member.calls ??= new Map();
		const wait = untilNamed(member.calls, asked.name, limits.calls, clock.elapsed());
		const question = {kind: 'introduce', asked, device, asker: askerOf(member), mayCall: wait === 0} as const;
		const answer = target && (await here()?.bus.ask(target.node, question, ANSWER_MS));
		if (!presence.isThere(member) || here() === undefined) return;
		const outcome = answer?.kind === 'introduced' ? answer.outcome : 'none';
		if (outcome === 'unbound') return refuseUnbound(directory, member, asked);
		if (outcome === 'limited' && mustWait(member, Math.max(wait, 1), asked.request)) return;
		const {introduction, ways} = answer?.kind === 'introduced' ? answer : {};
		const isGranted = outcome === 'granted' && introduction !== undefined && ways !== undefined;
		if (isGranted) takeCall(directory, member, asked.name);
		answerIntroduce(directory, member, asked, isGranted ? {introduction, ways} : undefined);
	}

	async punch(member: Member, asked: Introduce): Promise<void> {
		const {directory, here} = this.#ports;
		if (!isBound(member) || !isFresh(asked, directory.clock.now())) return;
		const target = await this.#deviceOf(member, asked.name, undefined);
		if (target === undefined || takeCall(directory, member, asked.name) > 0) return;
		here()?.bus.send(target.node, {kind: 'punch', asked, asker: askerOf(member)});
	}

	async passLink(name: string, body: Buffer): Promise<boolean> {
		const devices = (await this.#ports.find([name])).get(name) ?? [];
		const answerers = devices.filter(each => each.speaksDevices && each.role === 'device');
		for (const node of new Set(answerers.map(each => each.node))) {
			this.#ports.here()?.bus.send(node, {kind: 'link', name, body});
		}

		return answerers.length > 0;
	}

	/** Looks at what costs nothing before it passes a datagram on. */
	passBind(datagram: Buffer, from: Address, at: Address): void {
		const {directory, ids, here} = this.#ports;
		const bind = decodeBind(datagram);
		const now = directory.clock.now();
		if (bind?.version !== VERSION || Math.abs(bind.time - now) > BIND_SKEW_MS || from.port === 0) return;
		const [local, node] = [here(), ids.nodeOf(bind.sessionId)];
		if (local === undefined || node === local.run.node) return;
		if (take(this.#binds, BINDS, directory.clock.elapsed()) === 0)
			local.bus.send(node, {kind: 'bind', datagram, from, at});
	}

	/** The other half: what another server has asked for. The answer to a question. */
	answer(from: NodeRun, message: BusMessage): BusMessage | undefined {
		const {directory, sendDatagram, here} = this.#ports;
		const {presence, clock} = directory;
		if (message.kind === 'introduce') return this.#introduced(message);
		if (message.kind === 'punch') {
			const peer = presence.founding(message.asked.name);
			const asker = locatedOf(message.asker);
			if (peer !== undefined && canMeet(asker, peer) && isFresh(message.asked, clock.now())) sendPunch(asker, peer);
		}

		if (message.kind === 'link') passLinkOn(presence, message.name, message.body);
		if (message.kind === 'bound') sendDatagram(message.at, message.datagram, message.to);
		if (message.kind === 'bind') {
			const {datagram, from: sender, at} = message;
			const bound = answerBind(datagram, sender, at, presence, clock.now());
			if (bound !== undefined) here()?.bus.send(from.node, {kind: 'bound', datagram: bound, to: sender, at});
		}

		return undefined;
	}

	#introduced({asked, device, asker: remote, mayCall}: BusMessage & {kind: 'introduce'}): BusMessage {
		const {directory} = this.#ports;
		const {presence, clock} = directory;
		const peer = device === undefined ? presence.founding(asked.name) : presence.device(asked.name, device);
		const asker = locatedOf(remote);
		if (peer === undefined || !canMeet(asker, peer) || !isFresh(asked, clock.now())) {
			return {kind: 'introduced', outcome: 'none'};
		}

		if (!isBound(peer)) return {kind: 'introduced', outcome: 'unbound'};
		if (!mayCall) return {kind: 'introduced', outcome: 'limited'};
		const {introduction, ways, call} = grantTo(directory, asker, asked, peer);
		call();
		return {kind: 'introduced', outcome: 'granted', introduction, ways};
	}

	/**
	 * The device of that id, or the founding one, at another server; none that the member may not meet: to ask for one that has blocked it
	 * takes no longer than to ask for one that is offline.
	 */
	async #deviceOf(member: Member, name: string, id: Buffer | undefined): Promise<RemoteDevice | undefined> {
		const devices = (await this.#ports.find([name])).get(name) ?? [];
		const found = devices.find(each => (id === undefined ? each.isFounding : deviceIdOf(each.identityKey).equals(id)));
		return found !== undefined && canMeet(member, found) ? found : undefined;
	}
}

function askerOf({name, identityKey, isFounding, speaksDevices, session, sightings, candidates}: Member): RemoteAsker {
	return {
		name,
		identityKey,
		isFounding,
		speaksDevices,
		host: session.observed.host,
		sightings: [...sightings],
		candidates: [...candidates],
	};
}

function locatedOf({host, ...asker}: RemoteAsker) {
	return {...asker, session: {observed: {host, port: 0}}};
}
