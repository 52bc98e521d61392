// On which of the own devices the person is: for who rings. It stays over sign-off and sign-in.
import {type CurrentSignIn} from './current-sign-in.ts';

export class DeviceUse {
	readonly #current: CurrentSignIn;
	/** A password is typed before anybody is signed in. */
	#isToldLater = false;

	constructor(current: CurrentSignIn) {
		this.#current = current;
	}

	/** A person has pressed a key here. */
	pressed(): void {
		const {signedIn} = this.#current;
		signedIn?.signals.pressed();
		this.#isToldLater = signedIn === undefined;
	}

	/** When a key was pressed on the device that was used last, server ms; undefined when it is this one, or nobody knows of another. */
	get elsewhere(): number | undefined {
		if (this.#isToldLater && this.#current.signedIn !== undefined) this.pressed();
		return this.#current.signedIn?.signals.usedElsewhere;
	}
}
