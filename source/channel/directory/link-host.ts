// The link that this device has made for one more device of its account: answers who asks by it, and says what came of it.
import {type Buffer} from 'node:buffer';
import {secretCopy} from '../../crypto/bytes.ts';
import {type IdentityKey} from '../../crypto/identity.ts';
import {type Random} from '../../crypto/random.ts';
import {
	type LinkOffer,
	type LinkStep,
	consumeLinkRequest,
	continueLink,
	createLinkOffer,
	endLinkOffer,
} from '../../protocol/devices/link-offer.ts';
import {type LinkRequest} from '../../wire/messages/link-request.ts';
import {type LogKeeper} from './log-keeper.ts';

export type LinkNews =
	/** `label` is what the device calls itself, any characters. The link is over. */
	| {readonly kind: 'joined'; readonly key: Buffer; readonly label: string}
	/** Somebody with the password asked, and was not handed this link; `left` more end it. */
	| {readonly kind: 'wrong'; readonly left: number}
	| (LinkStep & {readonly kind: 'over'});

export type LinkHostPorts = {
	readonly name: string;
	readonly identity: IdentityKey;
	readonly random: Random;
	/** Server time, ms. */
	readonly serverTime: () => number;
	readonly logs: Pick<LogKeeper, 'log' | 'extend'>;
	readonly onLink: (news: LinkNews) => void;
};

export class LinkHost {
	readonly #ports: LinkHostPorts;
	/** One at a time. */
	#offer: LinkOffer | undefined;

	constructor(ports: LinkHostPorts) {
		this.#ports = ports;
	}

	/** A new link in place of the one before; the caller wipes the secret once it is shown. Undefined while the own log is not known. */
	open(role: LinkOffer['role']): {readonly foundingKey: Buffer; readonly secret: Buffer} | undefined {
		const {name, logs, serverTime, random} = this.#ports;
		const log = logs.log(name);
		this.close();
		if (log === undefined) return undefined;
		this.#offer = createLinkOffer(log, role, serverTime(), random);
		return {foundingKey: log.foundingKey, secret: secretCopy(this.#offer.secret)};
	}

	close(): void {
		if (this.#offer !== undefined) endLinkOffer(this.#offer);
		this.#offer = undefined;
	}

	/** A device asks to join; nothing of it is checked yet. */
	async take(request: LinkRequest): Promise<void> {
		const {name, logs, identity, serverTime} = this.#ports;
		const log = logs.log(name);
		if (this.#offer === undefined || log === undefined) return;
		const step = consumeLinkRequest(this.#offer, request, log, identity, serverTime());
		this.#settle(step);
		if (step.kind !== 'extend') return;
		await logs.extend(name, newest => {
			const again = 'count' in newest ? continueLink(step.offer, newest, identity, serverTime()) : undefined;
			if (again !== undefined && again.kind !== 'extend') this.#settle(again);
			return again?.kind === 'extend' ? again.entry : undefined;
		});
		const after = logs.log(name);
		// What the directory did not answer is asked for again by the device that joins.
		if (this.#offer === step.offer && after !== undefined) {
			this.#settle(continueLink(step.offer, after, identity, serverTime()));
		}
	}

	#settle(step: LinkStep): void {
		this.#offer = 'offer' in step ? step.offer : undefined;
		if (step.kind === 'joined' || step.kind === 'over') this.#ports.onLink(step);
		if (step.kind === 'wrong') this.#ports.onLink({kind: 'wrong', left: step.left});
	}
}
