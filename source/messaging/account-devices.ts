// What is known of the devices of an account, for whoever judges a key that it has proven.
import {type Buffer} from 'node:buffer';

export type AccountDevices = {
	/** The key of the first device, as the known log says; undefined without a log. */
	foundingKey(account: string): Buffer | undefined;
	/** Whether the known log admits a device with this key. */
	admits(account: string, key: Buffer): boolean;
};
