// Somebody who is not in the list yet: the directory is asked for the name before anything is made of it.
import {catalogue} from '../catalogue/catalogue.ts';
import {ClientError} from '../client/facade.ts';
import {safeName} from './text/safe.ts';
import {type ScreenControls} from './screen-controls.ts';

/**
 * Calls `act` with the name as the directory spells it; at once when it is in the list. Without the directory the name is taken as
 * it is, and that is said. Throws and rejects with ClientError: not-signed-in, bad-name, unknown-contact, refused.
 */
export function withNewcomer(screen: ScreenControls, typed: string, act: (name: string) => void): void | Promise<void> {
	const plain = typed.replace(/^@/, '').toLowerCase();
	if (screen.client.snapshot().contacts.some(({name}) => name === plain)) return act(plain);
	screen.tell(catalogue.notices.asking(safeName(plain)));
	return askFirst(screen, plain, act);
}

async function askFirst(screen: ScreenControls, plain: string, act: (name: string) => void): Promise<void> {
	try {
		const name = await screen.client.lookUp(plain);
		screen.tell('');
		act(name);
	} catch (error) {
		if (!(error instanceof ClientError && error.code === 'unreachable')) throw error;
		act(plain);
		screen.tell(catalogue.notices.notKnownYet(plain));
	}
}
