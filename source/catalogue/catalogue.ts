// What the program says: in English until another language is loaded.
import {en} from './en/en.ts';

/** A catalogue. Whatever English says, each language says, too. */
export type Catalogue = typeof en;

/** Read it where something is said (`catalogue.status.connected`), never where a file is loaded: the language is not known there yet. */
export const catalogue: Catalogue = {...en};
