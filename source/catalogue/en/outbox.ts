// Messages that are not delivered yet.
export const outbox = {
	title: (count: number) => `Outbox: ${count}`,
	/** Above one of them. */
	oneTitle: 'Outbox',
	hint: '↑ ↓ choose · Enter shows what to do · Esc closes',
	allDelivered: 'Everything has been delivered.',
	/** In a row, in as few cells as can be: since when it waits, and why it failed. `since` is a day and a time, `why` one of `reasons`. */
	failed: (since: string, why: string) => `${since}, ${why}`,
	reasons: {
		'identity-changed': 'key changed',
		blocked: 'blocked',
		cancelled: 'cancelled',
		refused: 'refused',
	},
};
