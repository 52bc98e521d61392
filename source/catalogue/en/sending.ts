// Why a message is not sent or not delivered. It follows `simchat: `.
export const sending = {
	failures: {
		'identity-changed': (name: string) =>
			`the key of ${name} has changed, and nothing is sent until you decide: simchat verify ${name} shows what to compare`,
		blocked: (name: string) => `${name} is blocked`,
		cancelled: () => 'the message was cancelled',
		refused: (name: string) => `the simchat of ${name} cannot read the message`,
	},
	/** `why`: one of `waiting`, or of `connection.problems`. */
	notYet: (why: string) => `not delivered yet: ${why}. It is kept on this disk and goes out when simchat runs again.`,
	/** `step`: one of `path.waysOut`, or `waitLonger`. */
	nextStep: (step: string) => `next step: ${step}`,
	waitLonger: (name: string) => `wait longer with --wait, or see what simchat doctor ${name} says`,
	/** Why nothing has arrived, for behind a colon. */
	waiting: {
		unconfirmed: (name: string) => `${name} has not confirmed it`,
		offline: (name: string) => `${name} is not online`,
		looking: (name: string) => `a way to ${name} is still being looked for`,
		/** `why`: one of `path.reasons`. */
		noWay: (name: string, why: string) => `there is no way to ${name}: ${why}`,
		/** `why`: one of `path.obstacles`. */
		blocked: (name: string, why: string) => `there is no session with ${name}: ${why}`,
		noSession: (name: string) => `there is no session with ${name} yet`,
	},
};
