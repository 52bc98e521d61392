// Logins that have a claim, or are about to, and no member yet: other servers may overtake them meanwhile.
import {type Buffer} from 'node:buffer';

type Arriving = {readonly name: string; readonly key: Buffer; overtaken: number};

export class ArrivingClaims {
	/** At most one for each connection. */
	readonly #arriving = new Set<Arriving>();

	/** Another server has claimed the device: claims below this number do not hold. */
	displace(name: string, key: Buffer, below: number): void {
		for (const each of this.#arriving) {
			if (each.name === name && each.key.equals(key)) each.overtaken = Math.max(each.overtaken, below);
		}
	}

	/** What `claim` comes to, and the highest number that was told of the device until then. */
	async follow<T>(name: string, key: Buffer, claim: () => Promise<T>): Promise<readonly [T, number]> {
		const arriving = {name, key, overtaken: 0};
		this.#arriving.add(arriving);
		try {
			const claimed = await claim();
			return [claimed, arriving.overtaken];
		} finally {
			this.#arriving.delete(arriving);
		}
	}
}
