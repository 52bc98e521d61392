// What an offer of a file says of it.
import {type Buffer} from 'node:buffer';

/** `size` in bytes; `root` of the hash tree over the content; `device`: the first 8 bytes of H(device key) of the device that has the file. */
export type FileOffer = {name: string; size: number; root: Buffer; device: Buffer};
