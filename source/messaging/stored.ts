// A content that a device has sent, before it is on the disk.
import {type KeptContent} from '../content/content.ts';

export type Stored = {readonly content: KeptContent; /** Bytes, as it came. */ readonly size: number};
