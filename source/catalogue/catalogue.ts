// What the program says: in English until another language is spoken.
import {en} from './en/en.ts';
import {type Language} from './language.ts';

/** A catalogue. Whatever English says, each language says, too. */
export type Catalogue = typeof en;

/** Read it where something is said (`catalogue.status.connected`), never where a file is loaded: the language is not known there yet. */
export const catalogue: Catalogue = {...en};

/** Each language that is translated, loaded when it is wanted; English is here always. */
const LOADERS: Readonly<Partial<Record<Language, () => Promise<Catalogue>>>> = {};

/** What is said in `language`; undefined when it is not translated. */
export async function catalogueOf(language: Language): Promise<Catalogue | undefined> {
	return language === 'en' ? en : LOADERS[language]?.();
}

/** From here on everything is said in `language`, or in English when it is not translated. */
export async function speak(language: Language): Promise<void> {
	Object.assign(catalogue, (await catalogueOf(language)) ?? en);
}
