// Makes an account, with the least scrypt that a client accepts: whoever uses the profile later takes the quick way too.
// Arguments: join link, name, profile folder, names to block, and with a + in front names that are contacts. The password is in SIMCHAT_PASSWORD.
import process from 'node:process';
import {Client} from '../../../source/client/facade.ts';

const [link = '', name = '', folder = '', ...blocked] = process.argv.slice(2);
const client = Client.open({folder, scrypt: {logN: 15, r: 8, p: 1}});
try {
	await client.signUp(link, name, process.env['SIMCHAT_PASSWORD'] ?? '');
	for (const each of blocked) {
		client.addContact(each.replace('+', ''));
		if (!each.startsWith('+')) client.block(each, true);
	}

	await client.signOff();
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
} finally {
	await client.close();
}
