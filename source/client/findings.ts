// The doctor's findings: what is known of the way to the directory and to each contact, in words for a screen and for a terminal. Nothing is
// guessed: what nobody has measured is said to be unknown.
import {addressText, scopeOf} from '../wire/address.ts';
import {catalogue} from '../catalogue/catalogue.ts';
import {type ConnectionProblem} from '../channel/directory/connection-state.ts';
import {OTHER_PORTS} from '../channel/probe-records.ts';
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
	const {labels, directoryReached, directoryStates, directoryWait, directoryStep} = catalogue.doctor;
	const label = labels.directory;
	if (connection.state === 'online') return {label, grade: 'good', words: directoryReached};
	if (!('problem' in connection)) {
		return {label, grade: 'bad', words: directoryStates[connection.state], step: directoryWait};
	}

	return {label, grade: 'bad', words: problems[connection.problem], step: directoryStep};
}

function udpFindings({connection, reflexive, network: {reflectors}}: Diagnosis): Finding[] {
	const {doctor} = catalogue;
	const label = doctor.labels.udp;
	if (connection.state !== 'online' && reflexive === undefined) {
		return [{label, grade: 'plain', words: doctor.udpUnknown}];
	}

	if (reflexive === undefined) {
		return [{label, grade: 'bad', words: doctor.udpSilent, step: doctor.udpSilentStep}];
	}

	if (reflectors.length === 0) return [{label, grade: 'good', words: doctor.seenAs(reflexive)}];
	return reflectors.map(({reflector, observed}, index) => {
		const at = {label: index === 0 ? label : ''};
		if (observed !== undefined) return {...at, grade: 'good', words: doctor.reflectorSees(reflector, observed)};
		const silent = {...at, words: doctor.reflectorSilent(reflector)};
		// What it means that IPv6 is silent is another finding.
		if (reflector.startsWith('[')) return {...silent, grade: 'plain'};
		return {...silent, grade: 'warning', step: doctor.reflectorSilentStep(reflector)};
	});
}

function natFinding({translation, network: {mapping, mapped, forwarded}}: Diagnosis): Finding {
	const {doctor} = catalogue;
	const label = doctor.labels.address;
	if (translation === 'unknown') return {label, grade: 'plain', words: doctor.addressUnknown};
	if (translation === 'none') return {label, grade: 'good', words: doctor.addressOwn};
	const words = doctor.translated[mapping];
	if (mapping === 'same') return {label, grade: 'good', words};
	if (mapping === 'unknown' || forwarded !== undefined) return {label, grade: 'plain', words};
	if (mapped.kind === 'offered') return {label, grade: 'good', words: doctor.translatedLetIn(words)};
	return {label, grade: 'warning', words, step: doctor.translatedStep};
}

function portFinding({network, keptPort, translation}: Diagnosis): Finding {
	const {doctor} = catalogue;
	const label = doctor.labels.port;
	const {port, mapping, mapped, forwarded} = network;
	if (port === undefined) return {label, grade: 'plain', words: doctor.portNone};
	if (keptPort !== undefined && keptPort !== port) {
		const step = doctor.portOtherStep(keptPort);
		return {label, grade: 'warning', words: doctor.portOther(port, keptPort), step};
	}

	if (forwarded !== undefined) {
		return {label, grade: 'good', words: doctor.portForwarded(port, addressText(forwarded))};
	}

	const isClosed = translation === 'translated' && mapped.kind !== 'offered' && mapping !== 'varies';
	return {label, grade: 'good', words: isClosed ? doctor.portClosed(port) : doctor.portKept(port)};
}

function routerFinding({network: {portMapping, mapped}, reflexive, mappedFor, translation}: Diagnosis): Finding {
	const {doctor} = catalogue;
	const label = doctor.labels.router;
	// A machine that nobody translates needs none.
	const grade = translation === 'translated' ? 'warning' : 'plain';
	switch (portMapping.kind) {
		case 'off': {
			const isHere = reflexive !== undefined && /^(?:127\.|\[::1\])/.test(reflexive);
			return {label, grade: 'plain', words: isHere ? doctor.routerNotAskedHere : doctor.routerNotAsked};
		}

		case 'no-gateway':
			return {label, grade: 'plain', words: doctor.routerNone};
		case 'asking':
			return {label, grade: 'plain', words: doctor.routerAsking};
		case 'silent':
			return {label, grade: 'plain', words: doctor.routerSilent};
		case 'refused': {
			const words = doctor.routerRefuses(PROTOCOLS[portMapping.protocol], doctor.refusals[portMapping.result]);
			return {label, grade, words, ...(grade === 'warning' && {step: doctor.routerRefusesStep})};
		}

		case 'mapped': {
			const {host, port} = portMapping.external;
			const at = [`${host}:${port}`, PROTOCOLS[portMapping.protocol], lifeWords(mappedFor ?? 0)] as const;
			if (mapped.kind !== 'double-nat') return {label, grade: 'good', words: doctor.routerMaps(...at)};
			return {label, grade, words: doctor.routerMapsInVain(...at), step: doctor.routerMapsInVainStep};
		}
	}
}

const PROTOCOLS = {pcp: 'PCP', 'nat-pmp': 'NAT-PMP'} as const;

function lifeWords(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	const {doctor} = catalogue;
	if (minutes < 1) return doctor.seconds(seconds);
	return minutes < 60 ? doctor.minutes(minutes) : doctor.hours(Math.floor(minutes / 60), minutes % 60);
}

function ipv6Finding({localAddresses, network: {reflectors}}: Diagnosis): Finding {
	const {doctor} = catalogue;
	const label = doctor.labels.ipv6;
	const asked = reflectors.filter(({reflector}) => reflector.startsWith('['));
	const sight = asked.find(({observed}) => observed !== undefined);
	if (sight?.observed !== undefined) return {label, grade: 'good', words: doctor.seenAs(sight.observed)};
	const hasOwn = localAddresses.some(host => host.includes(':') && scopeOf(host) === 'public');
	if (asked.length > 0) {
		return {label, grade: hasOwn ? 'warning' : 'plain', words: doctor.udpSilent};
	}

	return {label, grade: 'plain', words: hasOwn ? doctor.ipv6Untried : doctor.ipv6None};
}

function interfaceFindings({localAddresses, network: {localHosts}}: Diagnosis): Finding[] {
	const hosts = localAddresses.filter(host => scopeOf(host) !== 'loopback' && !host.startsWith('fe80:'));
	const {labels, interfacesNone, interfacesTold, interfacesUntold} = catalogue.doctor;
	const label = labels.interfaces;
	if (hosts.length === 0) return [{label, grade: 'warning', words: interfacesNone}];
	const [all, told] = [hosts.join(', '), localHosts.join(', ')];
	return [{label, grade: 'plain', words: told === '' ? interfacesUntold(all) : interfacesTold(all, told)}];
}

function keepaliveFinding({network: {silenceMs}}: Diagnosis): Finding {
	const seconds = Math.round(silenceMs / 1000);
	const {labels, keepalive, keepaliveShort} = catalogue.doctor;
	const words = silenceMs < USUAL_SILENCE_MS ? keepaliveShort(seconds) : keepalive(seconds);
	return {label: labels.keepalive, grade: 'plain', words};
}

function clockFinding({clockOffset: offset}: Diagnosis): Finding {
	const {doctor} = catalogue;
	const label = doctor.labels.clock;
	if (offset === undefined) return {label, grade: 'plain', words: doctor.clockUnknown};
	if (Math.abs(offset) < CLOCK_MS) return {label, grade: 'good', words: doctor.clockAgrees};
	const seconds = Math.round(Math.abs(offset) / 1000);
	return {
		label,
		grade: 'warning',
		words: offset > 0 ? doctor.clockBehind(seconds) : doctor.clockAhead(seconds),
		step: doctor.clockStep,
	};
}

function contactFindings({name, presence, onlyKeeper, path, probes}: ContactDiagnosis, now: number): Finding[] {
	const known = lastKnown(path);
	const isBad = known.kind === 'blocked' || known.kind === 'no-way';
	const step = isBad || known.kind === 'looking' ? contactStep(known, name) : undefined;
	const grade = isBad ? 'bad' : path.kind === 'lan' || path.kind === 'direct' ? 'good' : 'plain';
	const {contact, noPath} = catalogue.doctor;
	// What is delivered by then is with the keeper.
	const there = presence === 'online' && onlyKeeper === true ? 'keeper' : presence;
	const words = contact(catalogue.presence[there], pathWords(path, name, now) || noPath);
	const head = {label: name, grade, words, ...(step !== undefined && {step})} as const;
	return [head, ...triedWords(probes).map(tried => ({label: '', grade: 'plain', words: tried}) as const)];
}

function contactStep(path: ContactDiagnosis['path'], name: string): string {
	if (path.kind === 'no-way') return wayOut(path.reason, name);
	if (path.kind === 'looking') return catalogue.doctor.lookingStep(name);
	return catalogue.doctor.blockedStep(name);
}

/** What was tried in the last introduction, and what came back: a line for each address. */
export function triedWords(probes: ContactDiagnosis['probes']): string[] {
	if (probes === undefined) return [];
	const {mapping, outcome, addresses} = probes;
	const {tried, answered, noAnswer, noAnswerYet, otherAddresses, otherPorts} = catalogue.doctor;
	const lines = addresses.map(({address, asks, rtt}) => {
		const none = outcome === 'probing' ? noAnswerYet : noAnswer;
		return tried(
			address === OTHER_PORTS ? otherAddresses : address,
			asks,
			rtt === undefined ? none : answered(Math.max(1, Math.round(rtt))),
		);
	});
	return mapping === 'varies' ? [...lines, otherPorts] : lines;
}
