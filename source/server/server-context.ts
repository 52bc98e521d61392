// What all connections of a server share.
import {type LoginServer} from '../protocol/login/server.ts';
import {type Address} from '../wire/address.ts';
import {type Admission} from './admission.ts';
import {type Measures} from './measures.ts';
import {type ReturnTimes} from './return-times.ts';
import {type Directory} from './sessions.ts';
import {type WorkQueue} from './work-queue.ts';

export type ServerContext = {
	readonly loginServer: LoginServer;
	readonly directory: Directory;
	readonly admission: Admission;
	readonly workQueue: WorkQueue;
	readonly measures: Measures;
	readonly returnTimes: ReturnTimes;
	/**
	 * The reflectors for a client at the host `from` that has reached the own address `reached` by TCP; where a proxy is between, the client has
	 * reached its host, `atProxy`.
	 */
	readonly reflectors: (reached: string, from: string, atProxy: string | undefined) => readonly Address[];
};
