// Telling of a message in lines: by a bell where the screen would write a sequence, on the device that is in use.
import {type Client} from '../client/facade.ts';
import {Notifier, type NotifierOptions, runDetached} from '../ui/terminal/notification.ts';
import {Ringing, afterMs} from '../ui/terminal/ringing.ts';

/** Who has written, and whether they mention the person here. */
export function linearNotify(
	client: Pick<Client, 'preferences' | 'caught' | 'use' | 'snapshot'>,
	{write, env, now}: Pick<NotifierOptions, 'write' | 'env' | 'now'>,
): (from: string, isMention: boolean) => void {
	const notifier = new Notifier({
		preferences() {
			const {notify, notifyCommand} = client.preferences;
			return {notify: notify.startsWith('osc') ? 'bell' : notify, notifyCommand};
		},
		write,
		run: command => runDetached(command, error => client.caught('command', error)),
		env,
		now,
	});
	const ring = (from: string, isMention: boolean) => notifier.notify(from, isMention);
	const ringing = new Ringing({client, ring, after: afterMs});
	return (from, isMention) => ringing.notify(from, isMention);
}
