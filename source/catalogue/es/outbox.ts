// Messages that are not delivered yet.
export const outbox = {
	title: (count: number) => `Salida: ${count}`,
	oneTitle: 'Salida',
	hint: '↑ ↓ elegir · Enter muestra qué hacer · Esc cierra',
	allDelivered: 'Todo está entregado.',
	failed: (since: string, why: string) => `${since}, ${why}`,
	reasons: {
		'identity-changed': 'clave cambiada',
		blocked: 'bloqueado',
		cancelled: 'cancelado',
		refused: 'rechazado',
	},
};
