// Messages that are not delivered yet.
export const outbox = {
	title: (count: number) => `Ausgang: ${count}`,
	oneTitle: 'Ausgang',
	hint: '↑ ↓ wählen · Enter: was zu tun ist · Esc schließt',
	allDelivered: 'Alles ist zugestellt.',
	failed: (since: string, why: string) => `${since}, ${why}`,
	reasons: {
		'identity-changed': 'Schlüssel neu',
		blocked: 'blockiert',
		cancelled: 'abgebrochen',
		refused: 'abgelehnt',
	},
};
