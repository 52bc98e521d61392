// How one kind of content becomes an array of CBOR and back.
import {type Buffer} from 'node:buffer';

export type Codec<Content extends {kind: string}> = {
	readonly name: Content['kind'];
	/** The first item of the array. */
	readonly number: number;
	/** Whether its sender waits for a receipt: what is wrong with it is refused then, and passed over otherwise. */
	readonly isAnswered: boolean;
	/** All items. */
	readonly encode: (content: Content) => unknown[];
	/** `items` is anything that was decoded from `bytes`; undefined unless it is well formed. */
	readonly decode: (items: unknown, bytes: Buffer) => Content | undefined;
};
