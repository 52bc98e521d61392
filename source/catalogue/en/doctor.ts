// What `doctor` finds: for each thing a label, how it stands, and what a person can do about it (`…Step`).
export const doctor = {
	/** At most 12 cells. */
	labels: {
		directory: 'directory',
		udp: 'UDP',
		address: 'address',
		port: 'UDP port',
		router: 'router',
		ipv6: 'IPv6',
		interfaces: 'interfaces',
		keepalive: 'keepalive',
		clock: 'clock',
		nextStep: 'next step',
	},
	/** How a finding is graded by the command, at most 5 cells: all is well, something is to be looked at, something is wrong. */
	grades: {good: 'good', warning: 'check', bad: 'BAD', plain: ''},

	directoryReached: 'reached, and signed in',
	/** What a connection does. */
	directoryStates: {'signed-out': 'signed-out', connecting: 'connecting'},
	directoryWait: 'wait a moment',
	directoryStep:
		'look at the network, or ask the admin; with whom you have a session already you can talk all the same',

	udpUnknown: 'not known without the directory',
	udpSilent: 'goes out, and nothing comes back from the directory',
	udpSilentStep:
		'a firewall here may drop UDP: let it out to the directory’s ports and to your contacts, or try another network',
	// `address`, `reflector`: an IP address with a port. The reflector is the server's answering machine for UDP.
	seenAs: (address: string) => `out and back; seen as ${address}`,
	reflectorSees: (reflector: string, address: string) => `${reflector} sees ${address}`,
	reflectorSilent: (reflector: string) => `${reflector} does not answer`,
	reflectorSilentStep: (reflector: string) => `let UDP out to ${reflector}: two answers tell what the NAT does`,

	addressUnknown: 'not known without an answer over UDP',
	addressOwn: 'this machine’s own: nobody translates it',
	/** What the NAT does with ports. */
	translated: {
		same: 'translated (NAT), to the same port for every destination',
		varies: 'translated (NAT), to another port for each destination',
		unknown: 'translated (NAT); whether to the same port for everybody takes two answers of the directory',
	},
	/** `translated`: one of the three. */
	translatedLetIn: (translated: string) => `${translated}, but the router lets contacts in`,
	translatedStep:
		'two whose NATs both do this find no way: switch on PCP or NAT-PMP at the router, or forward a UDP port there and name it with --port, or use IPv6',

	portNone: 'none is open',
	/** The profile keeps port `kept`, which somebody else has now. */
	portOther: (port: number, kept: number) => `${port} this time: another program has ${kept}`,
	portOtherStep: (kept: number) => `end the program that has UDP port ${kept}, or take another for good with --port`,
	portKept: (port: number) => `${port}, the same at each start`,
	portForwarded: (port: number, address: string) =>
		`${port}, the same at each start; contacts try ${address}, which a router is to forward`,
	portClosed: (port: number) => `${port}, the same at each start; a router can forward UDP ${port} to this machine`,

	routerNotAsked: 'not asked',
	routerNotAskedHere: 'not asked: the directory is on this machine',
	routerNone: 'none is known here, so none was asked to let contacts in',
	routerAsking: 'is being asked to let contacts in',
	routerSilent: 'does not answer to PCP or NAT-PMP',
	/** `protocol`: PCP or NAT-PMP. `result`: one of `refusals`. */
	routerRefuses: (protocol: string, result: string) => `does not let contacts in (${protocol}: ${result})`,
	routerRefusesStep: 'allow PCP or NAT-PMP at the router',
	/** `time`: one of the times below. */
	routerMaps: (address: string, protocol: string, time: string) =>
		`lets contacts in at ${address} (${protocol}, ${time} more)`,
	routerMapsInVain: (address: string, protocol: string, time: string) =>
		`lets contacts in at ${address} (${protocol}, ${time} more), but is behind another NAT: of no use`,
	routerMapsInVainStep: 'have the outer router, or the provider’s, let contacts in as well',
	/** What routers say (RFC 6887 §7.4, RFC 6886 §3.5), and two that are ours. */
	refusals: {
		'unsupported version': 'unsupported version',
		'not authorized': 'not authorized',
		'malformed request': 'malformed request',
		'unsupported opcode': 'unsupported opcode',
		'unsupported option': 'unsupported option',
		'malformed option': 'malformed option',
		'network failure': 'network failure',
		'no resources': 'no resources',
		'unsupported protocol': 'unsupported protocol',
		'quota exceeded': 'quota exceeded',
		'cannot provide external': 'cannot provide external',
		'address mismatch': 'address mismatch',
		'excessive remote peers': 'excessive remote peers',
		unknown: 'unknown',
		'short life': 'short life',
		'no external address': 'no external address',
	},
	seconds: (count: number) => `${count} s`,
	minutes: (count: number) => `${count} min`,
	hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,

	ipv6Untried: 'there is an address; the directory has none to try it with',
	ipv6None: 'there is no public address of it here',

	/** `hosts`: addresses with commas between them. */
	interfacesTold: (hosts: string, told: string) => `${hosts}; contacts are told ${told}`,
	interfacesUntold: (hosts: string) => `${hosts}; none of them is told to others`,
	interfacesNone: 'this machine alone: no interface leads out',

	keepalive: (seconds: number) => `something is sent after ${seconds} s of silence`,
	keepaliveShort: (seconds: number) =>
		`something is sent after ${seconds} s of silence: the router forgets sooner than most`,

	clockUnknown: 'not known before a login',
	clockAgrees: 'agrees with the directory’s',
	clockBehind: (seconds: number) => `${seconds} s behind the directory’s`,
	clockAhead: (seconds: number) => `${seconds} s ahead of the directory’s`,
	clockStep: 'set the machine’s clock; simchat makes up for it meanwhile',

	/** Of a contact. `presence`: one of `presence`; `path`: a text of `path`. */
	contact: (presence: string, path: string) => `${presence}; ${path}`,
	noPath: 'no path yet',
	lookingStep: (name: string) => `wait a moment: a way to ${name} is being looked for`,
	blockedStep: (name: string) => `ask ${name} to run simchat doctor; what you write waits here until there is a way`,

	/** An address that was tried, 1 time or more, and what came back: one of the three below. */
	tried: (address: string, times: number, answer: string) =>
		`tried ${address}, ${times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`}: ${answer}`,
	answered: (ms: number) => `answered in ${ms} ms`,
	noAnswer: 'no answer',
	noAnswerYet: 'no answer yet',
	/** In place of an address: those that are not told one by one. */
	otherAddresses: 'other ports',
	otherPorts: 'the NAT there gives another port for each destination',

	/** Of the command, behind `simchat: `. `why`: one of `sending.waiting`. */
	noSession: (name: string, why: string) => `no session with ${name}: ${why}`,
};
