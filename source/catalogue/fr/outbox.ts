// Messages that are not delivered yet.
export const outbox = {
	title: (count: number) => `Boîte d’envoi : ${count}`,
	oneTitle: 'Boîte d’envoi',
	hint: '↑ ↓ choisir · Enter : que faire · Esc ferme',
	allDelivered: 'Tout a été remis.',
	failed: (since: string, why: string) => `${since}, ${why}`,
	reasons: {
		'identity-changed': 'clé changée',
		blocked: 'bloqué',
		cancelled: 'annulé',
		refused: 'refusé',
	},
};
