// The doctor's findings: what is known of the way to the directory and to each contact, in words for a screen and for a terminal. Nothing is
// guessed: what nobody has measured is said to be unknown.
import {addressText, scopeOf} from '../wire/address.ts';
import {type MappingKind} from '../protocol/path/mapping.ts';
import {type ConnectionProblem} from '../channel/directory/connection-state.ts';
import {type Diagnosis} from './diagnosis.ts';
import {lastKnown, pathWords, wayOut} from './path-words.ts';

/** A larger difference of the clocks is a warning, ms. */
const CLOCK_MS = 5000;
/** Silence after which something is sent unless the router forgets sooner, ms. */
const USUAL_SILENCE_MS = 15_000;

/** plain: neither good nor bad, or not known. A label of '' belongs to the finding before it. `step`: what a person can do about it. */
export type Finding = {
	readonly label: string;
	readonly grade: 'good' | 'warning' | 'bad' | 'plain';
	readonly words: string;
	readonly step?: string;
};

/** What words need that is not in the diagnosis. */
export type FindingOptions = {
	readonly problems: Readonly<Record<ConnectionProblem, string>>;
	/** Local ms. */
	readonly now: number;
};

type ContactDiagnosis = Diagnosis['contacts'][number];

export function findingsOf(diagnosis: Diagnosis, {problems, now}: FindingOptions): Finding[] {
	return [
		directoryFinding(diagnosis, problems),
		...udpFindings(diagnosis),
		natFinding(diagnosis),
		portFinding(diagnosis),
		routerFinding(diagnosis),
		ipv6Finding(diagnosis),
		...interfaceFindings(diagnosis),
		keepaliveFinding(diagnosis),
		clockFinding(diagnosis),
		...diagnosis.contacts.flatMap(contact => contactFindings(contact, now)),
	];
}

/** The one thing to do first: about what is bad, else about what may become so; undefined when there is nothing to do. */
export function nextStep(findings: readonly Finding[]): string | undefined {
	const withStep = findings.filter(({step}) => step !== undefined);
	const of = (grade: Finding['grade']) => withStep.find(finding => finding.grade === grade);
	return (of('bad') ?? of('warning') ?? withStep[0])?.step;
}

function directoryFinding({connection}: Diagnosis, problems: FindingOptions['problems']): Finding {
	const label = 'directory';
	if (connection.state === 'online') return {label, grade: 'good', words: 'reached, and signed in'};
	if (!('problem' in connection)) return {label, grade: 'bad', words: connection.state, step: 'wait a moment'};
	const step = 'look at the network, or ask the admin; with whom you have a session already you can talk all the same';
	return {label, grade: 'bad', words: problems[connection.problem], step};
}

function udpFindings({connection, reflexive, network: {reflectors}}: Diagnosis): Finding[] {
	const label = 'UDP';
	if (connection.state !== 'online' && reflexive === undefined) {
		return [{label, grade: 'plain', words: 'not known without the directory'}];
	}

	if (reflexive === undefined) {
		const step =
			'a firewall here may drop UDP: let it out to the directory’s ports and to your contacts, or try another network';
		return [{label, grade: 'bad', words: 'goes out, and nothing comes back from the directory', step}];
	}

	if (reflectors.length === 0) return [{label, grade: 'good', words: `out and back; seen as ${reflexive}`}];
	return reflectors.map(({reflector, observed}, index) => {
		const at = {label: index === 0 ? label : ''};
		if (observed !== undefined) return {...at, grade: 'good', words: `${reflector} sees ${observed}`};
		const silent = {...at, words: `${reflector} does not answer`};
		// What it means that IPv6 is silent is another finding.
		if (reflector.startsWith('[')) return {...silent, grade: 'plain'};
		return {...silent, grade: 'warning', step: `let UDP out to ${reflector}: two answers tell what the NAT does`};
	});
}

const MAPPINGS: Readonly<Record<MappingKind, string>> = {
	same: 'translated (NAT), to the same port for every destination',
	varies: 'translated (NAT), to another port for each destination',
	unknown: 'translated (NAT); whether to the same port for everybody takes two answers of the directory',
};

function natFinding({translation, network: {mapping, mapped, forwarded}}: Diagnosis): Finding {
	const label = 'address';
	if (translation === 'unknown') return {label, grade: 'plain', words: 'not known without an answer over UDP'};
	if (translation === 'none') return {label, grade: 'good', words: 'this machine’s own: nobody translates it'};
	const words = MAPPINGS[mapping];
	if (mapping === 'same') return {label, grade: 'good', words};
	if (mapping === 'unknown' || forwarded !== undefined) return {label, grade: 'plain', words};
	if (mapped.kind === 'offered') return {label, grade: 'good', words: `${words}, but the router lets contacts in`};
	const step =
		'two whose NATs both do this find no way: switch on PCP or NAT-PMP at the router, or forward a UDP port there and name it with --port, or use IPv6';
	return {label, grade: 'warning', words, step};
}

function portFinding({network, keptPort, translation}: Diagnosis): Finding {
	const label = 'UDP port';
	const {port, mapping, mapped, forwarded} = network;
	if (port === undefined) return {label, grade: 'plain', words: 'none is open'};
	if (keptPort !== undefined && keptPort !== port) {
		const step = `end the program that has UDP port ${keptPort}, or take another for good with --port`;
		return {label, grade: 'warning', words: `${port} this time: another program has ${keptPort}`, step};
	}

	const kept = `${port}, the same at each start`;
	if (forwarded !== undefined) {
		return {
			label,
			grade: 'good',
			words: `${kept}; contacts try ${addressText(forwarded)}, which a router is to forward`,
		};
	}

	const isClosed = translation === 'translated' && mapped.kind !== 'offered' && mapping !== 'varies';
	const words = `${kept}${isClosed ? `; a router can forward UDP ${port} to this machine` : ''}`;
	return {label, grade: 'good', words};
}

function routerFinding({network: {portMapping, mapped}, reflexive, mappedFor, translation}: Diagnosis): Finding {
	const label = 'router';
	// A machine that nobody translates needs none.
	const grade = translation === 'translated' ? 'warning' : 'plain';
	switch (portMapping.kind) {
		case 'off': {
			const isHere = reflexive !== undefined && /^(?:127\.|\[::1\])/.test(reflexive);
			return {label, grade: 'plain', words: isHere ? 'not asked: the directory is on this machine' : 'not asked'};
		}

		case 'no-gateway':
			return {label, grade: 'plain', words: 'none is known here, so none was asked to let contacts in'};
		case 'asking':
			return {label, grade: 'plain', words: 'is being asked to let contacts in'};
		case 'silent':
			return {label, grade: 'plain', words: 'does not answer to PCP or NAT-PMP'};
		case 'refused': {
			const words = `does not let contacts in (${PROTOCOLS[portMapping.protocol]}: ${portMapping.result})`;
			return {label, grade, words, ...(grade === 'warning' && {step: 'allow PCP or NAT-PMP at the router'})};
		}

		case 'mapped': {
			const {host, port} = portMapping.external;
			const at = `${host}:${port} (${PROTOCOLS[portMapping.protocol]}, ${lifeWords(mappedFor ?? 0)} more)`;
			if (mapped.kind !== 'double-nat') return {label, grade: 'good', words: `lets contacts in at ${at}`};
			const step = 'have the outer router, or the provider’s, let contacts in as well';
			return {label, grade, words: `lets contacts in at ${at}, but is behind another NAT: of no use`, step};
		}
	}
}

const PROTOCOLS = {pcp: 'PCP', 'nat-pmp': 'NAT-PMP'} as const;

function lifeWords(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	if (minutes < 1) return `${seconds} s`;
	return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function ipv6Finding({localAddresses, network: {reflectors}}: Diagnosis): Finding {
	const label = 'IPv6';
	const asked = reflectors.filter(({reflector}) => reflector.startsWith('['));
	const sight = asked.find(({observed}) => observed !== undefined);
	if (sight?.observed !== undefined) return {label, grade: 'good', words: `out and back; seen as ${sight.observed}`};
	const hasOwn = localAddresses.some(host => host.includes(':') && scopeOf(host) === 'public');
	if (asked.length > 0) {
		return {label, grade: hasOwn ? 'warning' : 'plain', words: 'goes out, and nothing comes back from the directory'};
	}

	const words = hasOwn
		? 'there is an address; the directory has none to try it with'
		: 'there is no public address of it here';
	return {label, grade: 'plain', words};
}

function interfaceFindings({localAddresses, network: {localHosts}}: Diagnosis): Finding[] {
	const hosts = localAddresses.filter(host => scopeOf(host) !== 'loopback' && !host.startsWith('fe80:'));
	const words = hosts.length === 0 ? 'this machine alone: no interface leads out' : hosts.join(', ');
	const told =
		localHosts.length === 0 ? 'none of them is told to others' : `contacts are told ${localHosts.join(', ')}`;
	return [
		{
			label: 'interfaces',
			grade: hosts.length === 0 ? 'warning' : 'plain',
			words: hosts.length === 0 ? words : `${words}; ${told}`,
		},
	];
}

function keepaliveFinding({network: {silenceMs}}: Diagnosis): Finding {
	const seconds = Math.round(silenceMs / 1000);
	const isShort = silenceMs < USUAL_SILENCE_MS;
	const words = `something is sent after ${seconds} s of silence${isShort ? ': the router forgets sooner than most' : ''}`;
	return {label: 'keepalive', grade: 'plain', words};
}

function clockFinding({clockOffset: offset}: Diagnosis): Finding {
	const label = 'clock';
	if (offset === undefined) return {label, grade: 'plain', words: 'not known before a login'};
	if (Math.abs(offset) < CLOCK_MS) return {label, grade: 'good', words: 'agrees with the directory’s'};
	const seconds = Math.round(Math.abs(offset) / 1000);
	return {
		label,
		grade: 'warning',
		words: `${seconds} s ${offset > 0 ? 'behind' : 'ahead of'} the directory’s`,
		step: 'set the machine’s clock; simchat makes up for it meanwhile',
	};
}

function contactFindings({name, presence, path, probes}: ContactDiagnosis, now: number): Finding[] {
	const known = lastKnown(path);
	const isBad = known.kind === 'blocked' || known.kind === 'no-way';
	const step = isBad || known.kind === 'looking' ? contactStep(known, name) : undefined;
	const there = presence === 'unknown' ? 'presence unknown' : presence;
	const grade = isBad ? 'bad' : path.kind === 'lan' || path.kind === 'direct' ? 'good' : 'plain';
	const words = `${there}; ${pathWords(path, name, now) || 'no path yet'}`;
	const head = {label: name, grade, words, ...(step !== undefined && {step})} as const;
	return [head, ...triedWords(probes).map(tried => ({label: '', grade: 'plain', words: tried}) as const)];
}

function contactStep(path: ContactDiagnosis['path'], name: string): string {
	if (path.kind === 'no-way') return wayOut(path.reason, name);
	if (path.kind === 'looking') return `wait a moment: a way to ${name} is being looked for`;
	return `ask ${name} to run simchat doctor; what you write waits here until there is a way`;
}

/** What was tried in the last introduction, and what came back: a line for each address. */
export function triedWords(probes: ContactDiagnosis['probes']): string[] {
	if (probes === undefined) return [];
	const {mapping, outcome, addresses} = probes;
	const lines = addresses.map(({address, asks, rtt}) => {
		const back =
			rtt === undefined ? (outcome === 'probing' ? 'no answer yet' : 'no answer') : `answered in ${rttWords(rtt)}`;
		return `tried ${address}, ${TIMES[asks] ?? `${asks} times`}: ${back}`;
	});
	return mapping === 'varies' ? [...lines, 'the NAT there gives another port for each destination'] : lines;
}

const TIMES: Readonly<Record<number, string>> = {1: 'once', 2: 'twice'};

function rttWords(rtt: number): string {
	return `${Math.max(1, Math.round(rtt))} ms`;
}
