// Which locales are UTF-8.
import test from 'ava';
import {isUtf8Locale} from '../../source/os/locale.ts';

test('LC_ALL says it, then LC_CTYPE, then LANG; where nothing is said it is UTF-8', t => {
	for (const env of [
		{},
		{LC_ALL: 'C.UTF-8'},
		{LANG: 'de_DE.utf8'},
		{LC_ALL: '', LANG: 'en_US.UTF-8'},
		{LC_ALL: 'C.UTF-8', LANG: 'C'},
	]) {
		t.true(isUtf8Locale(env), JSON.stringify(env));
	}

	for (const env of [
		{LC_ALL: 'C'},
		{LANG: 'POSIX'},
		{LC_CTYPE: 'de_DE.ISO-8859-1', LANG: 'en_US.UTF-8'},
		{LC_ALL: 'C', LANG: 'C.UTF-8'},
	]) {
		t.false(isUtf8Locale(env), JSON.stringify(env));
	}
});
