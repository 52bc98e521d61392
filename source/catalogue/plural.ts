// Numbers with the form of the word that belongs to them (CLDR plural rules, by Intl).

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & {readonly other: string};

/** Of a language: gives the form for a number. `plural(2, {one: 'message', other: 'messages'})` is `messages`. */
export function pluralIn(language: string): (count: number, forms: Forms) => string {
	const rules = new Intl.PluralRules(language);
	return (count, forms) => forms[rules.select(count)] ?? forms.other;
}
