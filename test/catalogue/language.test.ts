// Which language a person reads.
import test from 'ava';
import {type Language, languageOf} from '../../source/catalogue/language.ts';

const CASES: ReadonlyArray<readonly [env: Record<string, string>, language: Language]> = [
	[{}, 'en'],
	[{LANG: 'C'}, 'en'],
	[{LANG: 'POSIX'}, 'en'],
	[{LANG: 'C.UTF-8'}, 'en'],
	[{LANG: 'de_CH.UTF-8'}, 'de'],
	[{LANG: 'de'}, 'de'],
	[{LANG: 'DE_de@euro'}, 'de'],
	[{LANG: 'es_MX.UTF-8'}, 'es'],
	[{LANG: 'fr_FR.UTF-8'}, 'fr'],
	[{LANG: 'ja_JP.UTF-8'}, 'ja'],
	[{LANG: 'zh_CN.UTF-8'}, 'zh-Hans'],
	[{LANG: 'zh_SG'}, 'zh-Hans'],
	[{LANG: 'zh-Hans-CN'}, 'zh-Hans'],
	[{LANG: 'zh_TW.UTF-8'}, 'en'],
	[{LANG: 'zh-Hant'}, 'en'],
	[{LANG: 'it_IT.UTF-8'}, 'en'],
	[{LANG: 'den'}, 'en'],
	[{LANG: 'de_DE.UTF-8', LC_MESSAGES: 'fr_FR.UTF-8'}, 'fr'],
	[{LC_MESSAGES: 'fr_FR.UTF-8', LC_ALL: 'ja_JP.UTF-8'}, 'ja'],
	[{LC_MESSAGES: 'fr_FR.UTF-8', LC_ALL: ''}, 'fr'],
	[{LC_CTYPE: 'de_DE.UTF-8'}, 'en'],
];

test('the language is that of LC_ALL, else of LC_MESSAGES, else of LANG, and English where it is none of ours', t => {
	for (const [env, language] of CASES) t.is(languageOf(env, true), language, JSON.stringify(env));
});

test('where text is not UTF-8 it is English', t => {
	t.is(languageOf({LANG: 'ja_JP.eucJP'}, false), 'en');
});
