// What the environment says of the locale.

/**
 * Whether text is UTF-8 here (POSIX, XBD 8.2: LC_ALL, then LC_CTYPE, then LANG; '' is none). Where nothing is said it is: that is what
 * terminals are made for, and many containers set nothing.
 */
export function isUtf8Locale(env: Readonly<Record<string, string | undefined>>): boolean {
	const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
	return locale === '' || /utf-?8/i.test(locale);
}
