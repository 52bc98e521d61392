// What a catalogue is: whatever English says, each language says, too.
import type {en} from './en/en.ts';

export type Catalogue = typeof en;
