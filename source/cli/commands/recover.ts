// recover: makes a profile a device of an account by its recovery words.
import {type PerhapsLost} from '../../client/facade.ts';
import {minute} from '../lines.ts';
import {askYes} from '../password/prompt.ts';
import {readWords} from '../password/recovery-prompt.ts';
import {type PasswordSource, readPassword} from '../password/read.ts';
import {complain, print} from '../streams.ts';
import {withClient} from '../with-client.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

type RecoverOptions = {
	readonly profile: string;
	readonly port: number | undefined;
	readonly link: string;
	readonly name: string;
	readonly password: PasswordSource;
};

/** Throws Failure and ClientError. */
export async function recover({profile, port, link, name, password: source}: RecoverOptions): Promise<void> {
	await withClient({profile, port}, async client => {
		const password = await readPassword(source, false);
		const words = await readWords(source.input);
		const isWhole = await client.recover({link, name, password, words}, {askLost: async devices => lostOf(devices)});
		if (!isWhole) complain(catalogue.recovery.notAllRemoved);
		if (client.account !== undefined) await print(catalogue.account.nameAt(client.account.name, client.account.server));
	});
}

/** Asks of each device whether it is lost. Where nobody can be asked, none is. */
async function lostOf(devices: readonly PerhapsLost[]): Promise<readonly string[]> {
	const lost: string[] = [];
	for (const {id, role, added} of devices) {
		const isLost = await askYes(catalogue.recovery.askLost(catalogue.recovery.roles[role], id, minute(added)));
		if (isLost === undefined) complain(catalogue.recovery.stays(catalogue.recovery.roles[role], id, minute(added)));
		if (isLost === true) lost.push(id);
	}

	return lost;
}
