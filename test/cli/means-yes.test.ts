// What is typed for yes, by language.
import test from 'ava';
import {catalogueOf, saying} from '../../source/catalogue/catalogue.ts';
import {meansYes} from '../../source/cli/means-yes.ts';

const CASES = [
	['en', 'yes'],
	['en', ' Yes '],
	['de', 'ja'],
	['es', 'sí'],
	['es', 'Si'],
	['es', 'yes'],
	['fr', 'OUI'],
	['ja', 'はい'],
	['zh-Hans', '是'],
] as const;

for (const [language, typed] of CASES) {
	test(`"${typed}" is yes in ${language}, and no other language's word is`, async t => {
		const words = (await catalogueOf(language))!;
		t.true(saying(words, () => meansYes(typed)));
		for (const other of ['no', '', 'y', 'yess', 'igen']) t.false(saying(words, () => meansYes(other)));
		t.is(
			saying(words, () => meansYes('oui')),
			language === 'fr',
		);
	});
}
