// Numbers with the form of the word that belongs to them (CLDR plural rules, by Intl).

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & {readonly other: string};

/** Of a language: gives the form for a number. `plural(2, {one: 'message', other: 'messages'})` is `messages`. */
export function pluralIn(language: string): (count: number, forms: Forms) => string {
	// Made when the first number is said: that takes longer than to load a language.
	let rules: Intl.PluralRules | undefined;
	return (count, forms) => {
		rules ??= new Intl.PluralRules(language);
		return forms[rules.select(count)] ?? forms.other;
	};
}
