// The rule of sentences on the screen: a capital letter and a stop; notices get both from `sentence`, and begin with no name.
import test from 'ava';
import type {Catalogue} from '../../source/catalogue/catalogue-type.ts';
import {entriesOf, markOf, saidBy, spoken} from '../catalogue/entries.ts';

/** Lines of which the screen makes sentences, but for those that may begin with a number or a day. */
const LINES =
	/^(?:notices\.(?!marked$|(?:pasted|connectingIn|nothingSince|nothingOn|ctrlCAgainQuits)$|notification\.)|settings\.(?:keyMoved|no[A-Z])|entrance\.(?:different|forAnother)$)/;
/** What is told in paragraphs and asked in questions. */
const PROSE =
	/^(?:firstMinutes\.(?!tip$)|decisions\.(?:stranger|key|keyRefusal|strangerRefusal|deleteBoth|deleteHere|stopTheirs|stopOurs|trust|openLink|remove|forget|serverKey|serverKeyLater|ctrlCQuits)$|verify\.(?:noNumber|tooSmall|advice\w*)$|search\.(?:nobodyCalledThat|nothing\w+)$|outbox\.allDelivered$|entrance\.(?:intro|hintSentence|working|tooManyWrong|comesBack)$|notices\.(?:marked|ctrlCAgainQuits)$)/;

/** A small letter or one that is neither small nor a capital, as in Chinese; a command; a sign. */
const LINE = /^(?![\p{Lu}\p{Lt}])[^]*[^.。]$/u;
const SENTENCE = /^(?:[\p{Lu}\p{Lt}\p{Lo}¿¡▌✓]|\/|simchat|‹\d›)[^]*(?:[.?!…。？！]|‹\d›)$/u;

type Said = {readonly place: string; readonly text: string};

/** Each line of the texts that stand where `pattern` says. */
function inAll(words: Catalogue, pattern: RegExp): Said[] {
	const entries = [...entriesOf(words)].filter(([place]) => pattern.test(place));
	const lines = entries.flatMap(([place, entry]) =>
		saidBy(place, entry)
			.split('\n')
			.map(text => ({place, text})),
	);
	return lines.filter(({text}) => text !== '');
}

for (const {language, words} of spoken) {
	test(`${language}: no notice begins with a name, which would get a capital letter`, t => {
		const notices = inAll(words, LINES);
		t.true(notices.length > 70, String(notices.length));
		t.deepEqual(
			notices.filter(({place, text}) => text.startsWith(markOf(0)) && !place.startsWith('settings.')),
			[],
		);
	});

	test(`${language}: notices have no capital letter and no stop of their own`, t => {
		// A noun or a key may begin one with a capital letter where the language or the key has it.
		const isName = /^settings\./;
		const notices = inAll(words, LINES).filter(({place}) => !isName.test(place));
		t.deepEqual(
			notices.filter(({text}) => (language === 'en' ? !LINE.test(text) : /[.。]$/.test(text))),
			[],
		);
	});

	test(`${language}: what is told in paragraphs and asked in questions has a capital letter and a stop`, t => {
		const prose = inAll(words, PROSE);
		t.true(prose.length > 35, String(prose.length));
		t.deepEqual(
			prose.filter(({text}) => !SENTENCE.test(text)),
			[],
		);
	});
}
