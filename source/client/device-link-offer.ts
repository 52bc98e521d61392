// The link for one more device of the own account that was made last: while it is good, and what became of it. Its secret is not kept here.
import {wipe} from '../crypto/bytes.ts';
import {type DirectoryConnection} from '../channel/directory/directory-connection.ts';
import {type LinkNews} from '../channel/directory/link-host.ts';
import {type ServerPlace} from '../channel/directory/login-attempt.ts';
import {LINK_LIFE_MS} from '../protocol/devices/link-offer.ts';
import {formatDeviceLink} from '../wire/device-link.ts';
import {type DeviceRole} from '../wire/messages/device-entry.ts';
import {ClientError} from '../os/errors.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type DeviceLabels, cutLabel} from './device-labels.ts';
import {deviceIdText} from './own-log-changes.ts';
import {type DeviceLinkState} from './snapshot.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** `link` holds the secret. Over at `expires` (local ms) or before, as the snapshot tells under the same `number`. */
export type MadeLink = {readonly link: string; readonly expires: number; readonly number: number};

export type OfferedLinkPorts = {
	readonly name: string;
	readonly server: ServerPlace;
	readonly directory: Pick<DirectoryConnection, 'links'>;
	readonly labels: DeviceLabels;
	/** Does what the disk may refuse. */
	readonly may: <T>(work: () => T) => T | undefined;
	readonly clock: LocalClock;
	readonly onChange: () => void;
};

export class OfferedLink {
	readonly #ports: OfferedLinkPorts;
	#state: DeviceLinkState | undefined;
	/** Since the start. */
	#made = 0;

	constructor(ports: OfferedLinkPorts) {
		this.#ports = ports;
	}

	get state(): DeviceLinkState | undefined {
		return this.#state;
	}

	/** Another one, in place of the one before. Throws ClientError 'unreachable'. */
	make(role: Exclude<DeviceRole, 'recovery'>): MadeLink {
		const {name, server, directory, clock, onChange} = this.#ports;
		const open = directory.links.open(role);
		// Connected or not: the list of the own devices comes a moment after the connection.
		if (open === undefined) throw new ClientError('unreachable', catalogue.devices.notTold);
		const link = formatDeviceLink({...server, name, ...open});
		wipe(open.secret);
		const expires = clock.now() + LINK_LIFE_MS;
		const number = ++this.#made;
		this.#state = {kind: 'open', number, role, expires, left: undefined};
		onChange();
		return {link, expires, number};
	}

	/** Nobody joins by the link with this number any more. */
	close(number: number): void {
		if (this.#state?.number !== number) return;
		if (this.#state.kind === 'open') this.#ports.directory.links.close();
		this.#state = undefined;
		this.#ports.onChange();
	}

	/** What came of it: as LinkHost tells of it. */
	take(news: LinkNews): void {
		const {labels, may, onChange} = this.#ports;
		const {number = this.#made, ...link} = this.#state ?? {};
		switch (news.kind) {
			case 'joined': {
				const id = deviceIdText(news.key);
				may(() => labels.set(id, cutLabel(news.label)));
				this.#state = {kind: 'joined', number, id, label: labels.of(id)};
				break;
			}

			case 'wrong': {
				if ('expires' in link) this.#state = {...link, number, left: news.left};
				break;
			}

			default: {
				const isKnown = news.reason === 'guessed' || news.reason === 'late' || news.reason === 'full';
				this.#state = {kind: 'over', number, reason: isKnown ? news.reason : 'refused'};
			}
		}

		onChange();
	}
}
