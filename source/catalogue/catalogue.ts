// What the program says: in English until another language is spoken.
import {AsyncLocalStorage} from 'node:async_hooks';
import {type Catalogue} from './catalogue-type.ts';
import {en} from './en/en.ts';
import {type Language} from './language.ts';

export {languageOf} from './language.ts';

let spoken: Catalogue = en;
/** For whom something is done that is said otherwise than here. */
const others = new AsyncLocalStorage<Catalogue>();

/** Read it where something is said (`catalogue.status.connected`), never where a file is loaded: the language is not known there yet. */
export const catalogue: Catalogue = new Proxy(en, {
	get: (_english, part) => Reflect.get(others.getStore() ?? spoken, part) as unknown,
});

/** Each language, loaded when it is wanted; English is here always. */
const LOADERS: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Catalogue>>> = {
	de: async () => (await import('./de/de.ts')).de,
	es: async () => (await import('./es/es.ts')).es,
	fr: async () => (await import('./fr/fr.ts')).fr,
	ja: async () => (await import('./ja/ja.ts')).ja,
	'zh-Hans': async () => (await import('./zh-hans/zh-hans.ts')).zhHans,
};

/** What is said in `language`, BCP 47; undefined when it is not translated. */
export async function catalogueOf(language: string): Promise<Catalogue | undefined> {
	if (language === 'en') return en;
	const load = Object.hasOwn(LOADERS, language) ? LOADERS[language as keyof typeof LOADERS] : undefined;
	return load?.();
}

/** From here on everything is said in `language`. */
export async function speak(language: Language): Promise<void> {
	sayFrom((await catalogueOf(language)) ?? en);
}

/** From here on everything is said as it stands there. */
export function sayFrom(words: Catalogue): void {
	spoken = words;
}

/** What `work` returns; all that it says, and what goes on from it, is said as it stands there. */
export function saying<Result>(words: Catalogue, work: () => Result): Result {
	return others.run(words, work);
}

/** The same in English: for what programs read. */
export function inEnglish<Result>(work: () => Result): Result {
	return others.run(en, work);
}
