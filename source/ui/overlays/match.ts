// Fuzzy matching: a name fits when it has all letters of a query in their order; it fits better when they are closer together and to its beginning.

/** How badly `query` fits `name`: 0 is best; undefined when it does not fit. */
function misfit(name: string, query: string): number | undefined {
	let at = -1;
	let gaps = 0;
	for (const letter of query) {
		const next = name.indexOf(letter, at + 1);
		if (next === -1) return undefined;
		gaps += next - at - 1;
		at = next;
	}

	return gaps;
}

/** Those of `names` that `query` fits, the best first; all of them, as they are, for ''. */
export function matching<Item extends {readonly name: string}>(items: readonly Item[], query: string): Item[] {
	const folded = query.trim().toLowerCase();
	return items
		.map(item => ({item, misfit: misfit(item.name, folded)}))
		.filter(each => each.misfit !== undefined)
		.toSorted((a, b) => (a.misfit ?? 0) - (b.misfit ?? 0))
		.map(({item}) => item);
}
