// The language is that of the locale at the start of the program: real processes, and what they print.
import test, {type ExecutionContext} from 'ava';
import {en} from '../../source/catalogue/en/en.ts';
import {LANGUAGES} from '../../source/catalogue/language.ts';
import {spoken} from '../catalogue/entries.ts';
import {Running} from '../cli/processes.ts';
import {clientDoor} from '../programs.ts';

const NONE = {LC_ALL: '', LC_MESSAGES: '', LC_CTYPE: '', LANG: ''};

async function help(t: ExecutionContext, env: Readonly<Record<string, string>>): Promise<string> {
	const {code, stdout} = await new Running(t, clientDoor, ['--help'], {...NONE, ...env}).ended();
	t.is(code, 0);
	return stdout;
}

/** `de.UTF-8` and `zh.UTF-8`. */
const localeOf = (language: string) => `${language.replace(/-.*/, '')}.UTF-8`;

for (const language of LANGUAGES) {
	// What is not translated yet is English.
	const words = spoken.find(each => each.language === language)?.words ?? en;
	test(`${language} is spoken where the locale says so, by any of the three variables`, async t => {
		for (const name of ['LC_ALL', 'LC_MESSAGES', 'LANG']) {
			t.true((await help(t, {[name]: localeOf(language)})).includes(words.usage.pageOfCommand('simchat')), name);
		}
	});
}

test('English is spoken where the locale is none of ours, is not UTF-8, or is not said', async t => {
	for (const env of [{}, {LC_ALL: 'C'}, {LANG: 'it_IT.UTF-8'}, {LC_ALL: 'ja_JP.eucJP'}, {LANG: 'de_DE.ISO-8859-1'}]) {
		t.true((await help(t, env)).includes(en.usage.pageOfCommand('simchat')), JSON.stringify(env));
	}
});
