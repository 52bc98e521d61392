// The client of a stage: all of the real one's methods, no network, no disk, and contents that a test decides.
import {type Client, ClientError} from '../../../source/client/facade.ts';
import {CurrentSignIn} from '../../../source/client/current-sign-in.ts';
import {DeviceUse} from '../../../source/client/device-use.ts';
import {Files} from '../../../source/client/file-acts.ts';
import {KeeperView} from '../../../source/client/keeper-view.ts';
import {type Snapshot} from '../../../source/client/snapshot.ts';
import {ClientTwin} from '../../twins/client.ts';

export type Doorway = Partial<Pick<Client, 'account' | 'join' | 'lockedUntil' | 'signIn' | 'signUp'>>;

export class StageClient extends ClientTwin implements Pick<Client, keyof Client> {
	readonly account: {readonly name: string; readonly server: string} | undefined;
	readonly lockedUntil: number | undefined;
	readonly signIn: Client['signIn'];
	readonly signUp: Client['signUp'];
	readonly join: Client['join'];

	constructor(snapshot: Partial<Snapshot>, {account, join, lockedUntil, signIn, signUp}: Doorway = {}) {
		super([]);
		this.put(snapshot);
		this.account = account;
		this.lockedUntil = lockedUntil;
		this.signIn = signIn ?? (async () => {});
		this.signUp = signUp ?? (async () => {});
		this.join = join ?? (async () => {});
	}

	override readonly markRead = (name: string) => {
		this.asked.push(`markRead ${name}`);
		const {contacts} = this.snapshot();
		this.put({contacts: contacts.map(each => (each.name === name ? {...each, unread: 0} : each))});
		return true;
	};

	readonly seek = () => {};
	readonly sendAll = () => [];
	readonly unread = () => [];
	readonly onChange = () => () => {};
	readonly keeper = new KeeperView(new CurrentSignIn());
	readonly use = new DeviceUse(new CurrentSignIn());
	override readonly files = new Files(new CurrentSignIn());
	readonly said = () => [];
	readonly check = () => [];
	readonly handoverKey = () => undefined;
	readonly kept = () => {
		throw new ClientError('not-signed-in', 'a stage keeps nothing');
	};
	readonly signOff = async () => {};
	readonly close = async () => {};
	readonly recover = async () => true;
}
