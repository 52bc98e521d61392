// Which language a person reads, as their environment says.

/** BCP 47, in the order in which they are told of. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'ja', 'zh-Hans'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Where Chinese is written in traditional characters, which we do not have. */
const TRADITIONAL = /^zh[-_](?:TW|HK|MO|Hant)/i;

/**
 * By LC_MESSAGES (POSIX, XBD 8.2: LC_ALL, then LC_MESSAGES, then LANG; '' is none), such as `de_CH.UTF-8`; English for a language that
 * we do not have. `isUtf8`: whether text is UTF-8 here; without it no language but English can be told.
 */
export function languageOf(env: Readonly<Record<string, string | undefined>>, isUtf8: boolean): Language {
	const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
	if (!isUtf8 || TRADITIONAL.test(locale)) return 'en';
	const [tongue = ''] = locale.toLowerCase().split(/[-_.@]/);
	return LANGUAGES.find(language => language.split('-')[0] === tongue) ?? 'en';
}
