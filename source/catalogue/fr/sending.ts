// Why a message is not sent or not delivered. It follows `simchat: `.
export const sending = {
	failures: {
		'identity-changed': (name: string) =>
			`la clé de ${name} a changé, et rien n’est envoyé avant votre décision : simchat verify ${name} affiche quoi comparer`,
		blocked: (name: string) => `vous avez bloqué ${name}`,
		cancelled: () => 'le message a été annulé',
		refused: (name: string) => `le simchat de ${name} ne peut pas lire le message`,
	},
	notYet: (why: string) =>
		`pas encore remis : ${why}. Il est gardé sur ce disque et partira quand simchat sera relancé.`,
	nextStep: (step: string) => `que faire : ${step}`,
	waitLonger: (name: string) => `attendez plus longtemps avec --wait, ou voyez ce que dit simchat doctor ${name}`,
	waiting: {
		unconfirmed: (name: string) => `${name} n’a pas confirmé la réception`,
		offline: (name: string) => `${name} n’est pas en ligne`,
		looking: (name: string) => `un chemin vers ${name} est encore recherché`,
		noWay: (name: string, why: string) => `il n’y a pas de chemin vers ${name} : ${why}`,
		blocked: (name: string, why: string) => `il n’y a pas de session avec ${name} : ${why}`,
		noSession: (name: string) => `il n’y a pas encore de session avec ${name}`,
	},
};
