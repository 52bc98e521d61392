// The way to a contact: how it goes, why there is none, and what can be done about that.
export const path = {
	seconds: (count: number) => `${count} s`,
	// How messages go: over the local network, or directly over the internet. At most 22 cells.
	lan: 'lan',
	direct: 'direct',
	/** `way`: one of the two. */
	measured: (way: string, ms: number) => `${way} · ${ms} ms`,
	looking: 'looking for a way',
	/** `time`: such as `3 s`. */
	lookingFor: (time: string) => `looking for a way (${time})`,
	/** `last`: what came of the last try, such as `no way: both NATs change ports`. */
	again: (last: string) => `${last}; trying again`,
	/** `why`: one of `reasons`. */
	noWay: (why: string) => `no way: ${why}`,
	/** `why`: one of `obstacles`. */
	blocked: (why: string) => `blocked: ${why}`,
	/** Why there is no way to `name`: behind `no way: `, and in sentences of `sending`. */
	reasons: {
		udpBlocked: 'UDP does not pass here',
		nowhere: (name: string) => `UDP of ${name} does not reach the server`,
		bothVary: 'both NATs change ports',
		unanswered: (name: string) => `${name} answers no probe`,
		/** `theirs` and `ours`: IPv4 or IPv6. */
		families: (name: string, theirs: string, ours: string) => `${name} has ${theirs} only, you ${ours} only`,
	},
	/** Why there is no session, whatever the network does: behind `blocked: `, and in sentences of `sending`. “It”: the other's simchat. */
	obstacles: {
		downgraded: 'the directory asked for weaker encryption than you both speak',
		unavailable: 'the directory cannot introduce us yet',
		unanswered: 'no answer from any of its addresses',
		violation: 'it broke the protocol',
		dead: 'it does not answer any more',
		overdue: 'its keys were not renewed in time',
		/** `flaw`: a word for experts that stays as it is. */
		useless: (flaw: string) => `its answer is of no use to us (${flaw})`,
	},
	/** One thing that a person can do about each of `reasons`. */
	waysOut: {
		udpBlocked: 'let UDP out of this network (a firewall drops it), or try another network, a telephone’s for instance',
		nowhere: (name: string) => `ask ${name} to run simchat doctor: a firewall there may drop UDP`,
		bothVary: 'switch on PCP or NAT-PMP at one of the two routers, or use IPv6 on both sides',
		unanswered: (name: string) => `ask ${name} to run simchat doctor: a firewall on one of the two sides may drop UDP`,
		/** `theirs` and `ours`: IPv4 or IPv6. */
		families: (name: string, theirs: string, ours: string) =>
			`get ${theirs} here or ${ours} at ${name}: ask the provider, or try another network`,
	},
	/** The same in few words. Whole texts have at most 22 cells. */
	short: {
		looking: 'looking',
		/** `time`: such as `3 s`. */
		lookingFor: (time: string) => `looking (${time})`,
		noWay: (why: string) => `no way: ${why}`,
		blocked: 'blocked',
		reasons: {
			'udp-blocked': 'no UDP here',
			nowhere: 'no UDP there',
			'both-vary': 'both NATs',
			unanswered: 'no answer',
			families: 'IPv4 or IPv6',
		},
	},
};
