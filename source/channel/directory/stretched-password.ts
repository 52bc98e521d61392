// The stretched password (SRP's x), kept while somebody is signed in: a login after an outage needs it, and the password itself can be
// forgotten.
import {Buffer} from 'node:buffer';
import {secretCopy, wipe} from '../../crypto/bytes.ts';
import {type ScryptParameters, passwordExponent} from '../../crypto/password.ts';

/** Makes x for a salt and parameters: 32 bytes, the caller's to wipe. */
export type Stretch = (salt: Buffer, parameters: ScryptParameters) => Promise<Buffer>;

/** The server asked with another salt than before: the password was changed elsewhere, and is not known here any more. */
export class PasswordUnknown extends Error {
	override readonly name = 'ExponentUnknown';
}

export class StretchedPassword {
	readonly #name: string;
	/** Forgotten once x is made. */
	#password: string | undefined;
	#known: {readonly salt: Buffer; readonly logN: number; readonly x: Buffer} | undefined;

	constructor(name: string, password: string) {
		this.#name = name;
		this.#password = password;
	}

	/** One call at a time. Throws PasswordError, and ExponentUnknown for another salt than the first, or once forgotten. */
	readonly stretch: Stretch = async (salt, parameters) => {
		const {logN} = parameters;
		if (this.#known === undefined) {
			if (this.#password === undefined) throw new PasswordUnknown('the password is forgotten');
			const x = await passwordExponent(this.#password, this.#name, salt, parameters);
			if (this.#password === undefined) {
				wipe(x);
				throw new PasswordUnknown('the password was forgotten meanwhile');
			}

			this.#known = {salt: Buffer.from(salt), logN, x};
			this.#password = undefined;
		} else if (!this.#known.salt.equals(salt) || this.#known.logN !== logN) {
			throw new PasswordUnknown('the account’s password has another salt now');
		}

		return secretCopy(this.#known.x);
	};

	/** Takes over an x that was made elsewhere, as by a change of password. */
	replace(salt: Buffer, {logN}: ScryptParameters, x: Buffer): void {
		this.forget();
		this.#known = {salt: Buffer.from(salt), logN, x};
	}

	/** Takes over what another one knows, which forgets it. */
	takeOver(other: StretchedPassword): void {
		this.forget();
		this.#known = other.#known;
		other.#known = undefined;
		other.forget();
	}

	/** Wipes x. */
	forget(): void {
		wipe(this.#known?.x);
		this.#known = undefined;
		this.#password = undefined;
	}
}
