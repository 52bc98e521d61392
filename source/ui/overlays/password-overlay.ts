// Changing the password, field by field; and taking over one that was changed on another device.
import {catalogue} from '../../catalogue/catalogue.ts';
import {passwordWeakness, signUpCheck} from '../../client/facade.ts';
import {type Overlay, type ScreenControls} from '../screen-controls.ts';
import {safeText} from '../text/safe.ts';
import {sentence} from '../text/sentence.ts';
import {type ScreenRow, emptyRow, fitRow, paragraph, rowWidth, span} from '../widgets/spans.ts';
import {showWorking, workingOverlay} from './working.ts';

type Field = keyof typeof catalogue.password.fields;

/** `typed`: what the fields before hold. `advice`: what should be known of the new password, which is taken all the same. */
type Form = {
	readonly field: Field;
	readonly typed: {readonly old: string; readonly fresh: string};
	readonly query: string;
	readonly trouble: string;
	readonly advice: string;
};

const EMPTY: Form = {field: 'old', typed: {old: '', fresh: ''}, query: '', trouble: '', advice: ''};

export function passwordOverlay(): Overlay {
	return formOverlay(EMPTY);
}

function formOverlay(form: Form): Overlay {
	const {field, typed, query} = form;
	const words = catalogue.password;
	return {
		title: words.title,
		hint: words.hint,
		query,
		isSecret: true,
		isAnswer: true,
		ask: text => formOverlay({...form, query: text, trouble: ''}),
		rows: ({width, height}) => formRows(form, width).slice(0, height),
		take(key, screen) {
			if (key !== 'enter') return false;
			const trouble = troubleOf(form);
			const again = {...form, query: '', trouble};
			if (query === '') return true;
			if (trouble !== '') {
				// Of passwords that differ nobody knows which one is right.
				screen.show(formOverlay(field === 'again' ? {...again, field: 'fresh', advice: ''} : again));
			} else if (field === 'old') {
				screen.show(formOverlay({...EMPTY, field: 'fresh', typed: {...typed, old: query}}));
			} else if (field === 'fresh') {
				void weigh({...EMPTY, field: 'again', typed: {...typed, fresh: query}}, screen);
			} else {
				void showWorking(screen, workingOverlay(words.title, words.working), {
					work: async () => screen.client.changePassword(typed.old, typed.fresh),
					done: words.changed,
					again: refusal => formOverlay({...EMPTY, trouble: refusal}),
				});
			}

			return true;
		},
	};
}

/** The password was changed on another device: that one is wanted. */
export function newerPasswordOverlay(query = '', trouble = ''): Overlay {
	const words = catalogue.password;
	return {
		title: words.title,
		hint: words.newerHint,
		query,
		isSecret: true,
		isAnswer: true,
		ask: text => newerPasswordOverlay(text),
		rows: ({width, height}) =>
			[...(trouble === '' ? [] : said(trouble, width, 'danger')), ...paragraph(words.newerIntro, width)].slice(
				0,
				height,
			),
		take(key, screen) {
			if (key !== 'enter') return false;
			if (query === '') return true;
			void showWorking(screen, workingOverlay(words.title, words.working), {
				work: async () => screen.client.takePassword(query),
				done: words.takenOver,
				again: refusal => newerPasswordOverlay('', refusal),
			});
			return true;
		},
	};
}

/** Which field it is, how far one is, and what is wrong. */
function formRows({field, trouble, advice}: Form, width: number): ScreenRow[] {
	const {fields} = catalogue.password;
	const all = Object.entries(fields).map(([each, name]) => span(`${name}   `, each === field ? 'title' : 'muted'));
	// Where there is no room for all, the one that is typed now.
	const names = rowWidth(all) <= width ? all : [span(fields[field], 'title')];
	const words = trouble === '' ? advice : trouble;
	const role = trouble === '' ? 'warning' : 'danger';
	return [fitRow(names, width), ...(words === '' ? [] : [emptyRow, ...said(words, width, role)])];
}

function troubleOf({field, typed, query}: Form): string {
	if (field === 'again') return query === typed.fresh ? '' : catalogue.entrance.different;
	return signUpCheck.password(query) ?? '';
}

/** On to the last field, saying there when the new password is weak. */
async function weigh(form: Form, screen: ScreenControls): Promise<void> {
	const shown = formOverlay(form);
	screen.show(shown);
	try {
		const {account} = screen.client.snapshot();
		const advice = await passwordWeakness(form.typed.fresh, account === undefined ? [] : [account.name]);
		if (advice !== undefined && screen.overlay === shown) screen.show(formOverlay({...form, advice}));
	} catch (error) {
		screen.client.caught('strength of a password', error);
	}
}

function said(words: string, width: number, role: 'danger' | 'warning'): ScreenRow[] {
	return paragraph(sentence(safeText(words, {newlines: false})), width, role);
}
