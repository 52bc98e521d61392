// The control message in which one end of a session tells the other where it is in its own network.
import {type Buffer} from 'node:buffer';
import {ADDRESS_SIZE, type Address, readPaddedAddresses, writePaddedAddresses} from '../address.ts';
import {Reader, Writer} from '../cursor.ts';
import {CONTROL} from './msg.ts';

/** How many addresses of its own network a client tells others. */
export const LOCAL_ADDRESS_LIMIT = 2;
/** Of one size, however many addresses it has. */
export const LOCAL_ADDRESSES_SIZE = 2 + LOCAL_ADDRESS_LIMIT * ADDRESS_SIZE;

/** u8 kind ‖ u8 count ‖ addresses ‖ zeros. Throws RangeError for more than LOCAL_ADDRESS_LIMIT. */
export function encodeLocalAddresses(addresses: readonly Address[]): Buffer {
	return writePaddedAddresses(new Writer().u8(CONTROL.localAddresses), addresses, LOCAL_ADDRESS_LIMIT).finish();
}

export function decodeLocalAddresses(bytes: Buffer): Address[] | undefined {
	const reader = new Reader(bytes);
	const kind = reader.u8();
	const addresses = readPaddedAddresses(reader, LOCAL_ADDRESS_LIMIT);
	return reader.complete && kind === CONTROL.localAddresses ? addresses : undefined;
}
