// The doctor's findings: each fact in its words, whether it is good or bad, and the one thing to do first.
import test from 'ava';
import {NO_NETWORK, type OwnNetwork} from '../../source/channel/network/own-network.ts';
import {type Diagnosis, findingsOf, nextStep} from '../../source/client/facade.ts';
import {problems} from '../../source/cli/report.ts';
import {contact} from '../twins/client.ts';

const OWN = '192.0.2.7:4000';
const sight = (reflector: string, observed?: string) => ({reflector, observed});
const network: OwnNetwork = {
	...NO_NETWORK,
	port: 4000,
	reflectors: [sight('198.51.100.1:7406', OWN), sight('198.51.100.1:7407', OWN)],
	mapping: 'same',
};
const well: Diagnosis = {
	connection: {state: 'online'},
	reflexive: OWN,
	localAddresses: ['127.0.0.1', '10.0.0.7'],
	translation: 'translated',
	clockOffset: 40,
	network,
	keptPort: 4000,
	mappedFor: undefined,
	contacts: [],
	dropped: [],
};

const found = (change: Partial<Diagnosis>) => findingsOf({...well, ...change}, {problems: problems(), now: 5000});
const within = (change: Partial<OwnNetwork>) => ({network: {...network, ...change}});

/** The findings of a label, as `grade: words`, with the step behind them. */
function about(label: string, change: Partial<Diagnosis>): string[] {
	const all = found(change);
	const first = all.findIndex(finding => finding.label === label);
	const next = all.findIndex((finding, index) => index > first && finding.label !== '');
	return all
		.slice(first, next === -1 ? undefined : next)
		.map(({grade, words, step}) => `${grade}: ${words}${step === undefined ? '' : ` → ${step}`}`);
}

test('all is well: everything that is known, and nothing to do', t => {
	const all = found({});
	t.deepEqual(
		all.map(({label, grade, words}) => [label, grade, words]),
		[
			['directory', 'good', 'reached, and signed in'],
			['UDP', 'good', '198.51.100.1:7406 sees 192.0.2.7:4000'],
			['', 'good', '198.51.100.1:7407 sees 192.0.2.7:4000'],
			['address', 'good', 'translated (NAT), to the same port for every destination'],
			['UDP port', 'good', '4000, the same at each start; a router can forward UDP 4000 to this machine'],
			['router', 'plain', 'not asked'],
			['IPv6', 'plain', 'there is no public address of it here'],
			['interfaces', 'plain', '10.0.0.7; none of them is told to others'],
			['keepalive', 'plain', 'something is sent after 15 s of silence'],
			['clock', 'good', 'agrees with the directory’s'],
		],
	);
	t.is(nextStep(all), undefined);
});

test('what is bad comes before what is only a warning', t => {
	const step = nextStep(found({...within({mapping: 'varies'}), clockOffset: 9000, reflexive: undefined}));
	t.regex(step ?? '', /^a firewall here may drop UDP/);
	t.regex(nextStep(found({...within({mapping: 'varies'}), clockOffset: 9000})) ?? '', /^two whose NATs both do this/);
	t.regex(nextStep(found({clockOffset: 9000})) ?? '', /^set the machine’s clock/);
});

test('the directory and UDP', t => {
	t.deepEqual(about('directory', {connection: {state: 'waiting', problem: 'unreachable', retryAt: 0}}), [
		'bad: the server is out of reach → look at the network, or ask the admin; with whom you have a session already you can talk all the same',
	]);
	t.deepEqual(about('directory', {connection: {state: 'connecting'}}), ['bad: connecting → wait a moment']);
	t.deepEqual(about('UDP', {connection: {state: 'connecting'}, reflexive: undefined}), [
		'plain: not known without the directory',
	]);
	const silent = [sight('198.51.100.1:7406', OWN), sight('198.51.100.1:7407'), sight('[2001:db8::1]:7406')];
	t.deepEqual(about('UDP', within({reflectors: silent})), [
		'good: 198.51.100.1:7406 sees 192.0.2.7:4000',
		'warning: 198.51.100.1:7407 does not answer → let UDP out to 198.51.100.1:7407: two answers tell what the NAT does',
		'plain: [2001:db8::1]:7406 does not answer',
	]);
	t.deepEqual(about('UDP', within({reflectors: []})), ['good: out and back; seen as 192.0.2.7:4000']);
});

test('what the NAT does, and the port', t => {
	t.deepEqual(about('address', {translation: 'none'}), ['good: this machine’s own: nobody translates it']);
	t.deepEqual(about('address', {translation: 'unknown'}), ['plain: not known without an answer over UDP']);
	t.regex(about('address', within({mapping: 'unknown'}))[0] ?? '', /^plain: translated \(NAT\); whether/);
	const external = {host: '192.0.2.7', port: 4000};
	t.regex(about('address', within({mapping: 'varies', mapped: {kind: 'offered', external}}))[0] ?? '', /^good: .*lets/);
	const forwarded = {host: '192.0.2.7', port: 4000};
	t.deepEqual(about('UDP port', within({mapping: 'varies', forwarded})), [
		'good: 4000, the same at each start; contacts try 192.0.2.7:4000, which a router is to forward',
	]);
	t.deepEqual(about('address', within({mapping: 'varies', forwarded})), [
		'plain: translated (NAT), to another port for each destination',
	]);
	t.deepEqual(about('UDP port', {translation: 'none'}), ['good: 4000, the same at each start']);
	t.deepEqual(about('UDP port', within({port: undefined})), ['plain: none is open']);
	t.deepEqual(about('UDP port', {keptPort: 5000}), [
		'warning: 4000 this time: another program has 5000 → end the program that has UDP port 5000, or take another for good with --port',
	]);
});

test('the router', t => {
	const external = {host: '192.0.2.7', port: 4000};
	const mapped = {portMapping: {kind: 'mapped', protocol: 'pcp', external, life: 7200, endsAt: 0}} as const;
	const router = (change: Partial<OwnNetwork>, mappedFor?: number) => about('router', {...within(change), mappedFor});
	t.deepEqual(router({...mapped, mapped: {kind: 'offered', external}}, 7100), [
		'good: lets contacts in at 192.0.2.7:4000 (PCP, 1 h 58 min more)',
	]);
	t.regex(router({...mapped, mapped: {kind: 'offered', external}}, 130)[0] ?? '', /2 min more/);
	t.regex(router({...mapped, mapped: {kind: 'offered', external}}, 30)[0] ?? '', /30 s more/);
	t.regex(router({...mapped, mapped: {kind: 'double-nat', external}}, 60)[0] ?? '', /^warning: .*another NAT.*→ have/);
	t.deepEqual(router({portMapping: {kind: 'silent'}}), ['plain: does not answer to PCP or NAT-PMP']);
	t.deepEqual(router({portMapping: {kind: 'asking'}}), ['plain: is being asked to let contacts in']);
	t.regex(router({portMapping: {kind: 'no-gateway'}})[0] ?? '', /^plain: none is known here/);
	const refused = {kind: 'refused', protocol: 'nat-pmp', result: 'short life'} as const;
	t.deepEqual(router({portMapping: refused}), [
		'warning: does not let contacts in (NAT-PMP: short life) → allow PCP or NAT-PMP at the router',
	]);
	t.deepEqual(about('router', {reflexive: '127.0.0.1:1'}), ['plain: not asked: the directory is on this machine']);
});

test('IPv6, interfaces, silence and the clock', t => {
	const six = (observed?: string) => within({reflectors: [sight('[2001:4860::1]:7406', observed)]});
	const localAddresses = ['10.0.0.7', '2001:4860::7', 'fe80::1'];
	t.deepEqual(about('IPv6', six('[2001:4860::7]:4000')), ['good: out and back; seen as [2001:4860::7]:4000']);
	t.regex(about('IPv6', {...six(), localAddresses})[0] ?? '', /^warning: goes out, and nothing/);
	t.regex(about('IPv6', {localAddresses})[0] ?? '', /^plain: there is an address; the directory has none/);
	t.deepEqual(about('interfaces', {localAddresses, ...within({localHosts: ['10.0.0.7']})}), [
		'plain: 10.0.0.7, 2001:4860::7; contacts are told 10.0.0.7',
	]);
	t.regex(about('interfaces', {localAddresses: ['127.0.0.1']})[0] ?? '', /^warning: this machine alone/);
	t.regex(about('keepalive', within({silenceMs: 10_000}))[0] ?? '', /after 10 s of silence: the router forgets/);
	for (const clockOffset of [0, 4999, -4999]) t.regex(about('clock', {clockOffset})[0] ?? '', /^good/);
	t.regex(about('clock', {clockOffset: 5000})[0] ?? '', /^warning: 5 s behind the directory’s → set/);
	t.regex(about('clock', {clockOffset: -90_000})[0] ?? '', /^warning: 90 s ahead of the directory’s/);
	t.deepEqual(about('clock', {clockOffset: undefined}), ['plain: not known before a login']);
});

const asked = (address: string, asks: number, rtt?: number) => ({address, asks, rtt});

test('each contact: how it is reached, what was tried, and what came back', t => {
	const probes = (outcome: 'probing' | 'proven' | {kind: 'both-vary'}, addresses: ReturnType<typeof asked>[]) =>
		({role: 'initiator', since: 0, outcome, mapping: 'varies', addresses}) as const;
	const contacts: Diagnosis['contacts'] = [
		contact('ann', {path: {kind: 'lan', address: '10.0.0.2:7', rtt: 0.4}}),
		{
			...contact('bob', {path: {kind: 'no-way', reason: {kind: 'both-vary'}}}),
			probes: probes({kind: 'both-vary'}, [asked('192.0.2.1:7', 7), asked('other ports', 1)]),
		},
		contact('cat', {presence: 'offline'}),
		{
			...contact('dan', {presence: 'unknown', path: {kind: 'looking', since: 2000}}),
			probes: {...probes('probing', [asked('192.0.2.1:7', 2)]), mapping: 'same'},
		},
		contact('eve', {path: {kind: 'blocked', why: 'overdue'}}),
		{
			...contact('fay', {path: {kind: 'direct', address: '192.0.2.1:7', rtt: 24}}),
			probes: {...probes('proven', [asked('192.0.2.1:7', 3, 24.4), asked('10.0.0.1:7', 3)]), mapping: 'same'},
		},
	];
	const all = found({contacts});
	t.deepEqual(
		all.slice(10).map(({label, grade, words}) => [label, grade, words]),
		[
			['ann', 'good', 'online; lan · 1 ms'],
			['bob', 'bad', 'online; no way: both NATs change ports'],
			['', 'plain', 'tried 192.0.2.1:7, 7 times: no answer'],
			['', 'plain', 'tried other ports, once: no answer'],
			['', 'plain', 'the NAT there gives another port for each destination'],
			['cat', 'plain', 'offline; no path yet'],
			['dan', 'plain', 'presence unknown; looking for a way (3 s)'],
			['', 'plain', 'tried 192.0.2.1:7, twice: no answer yet'],
			['eve', 'bad', 'online; blocked: its keys were not renewed in time'],
			['fay', 'good', 'online; direct · 24 ms'],
			['', 'plain', 'tried 192.0.2.1:7, 3 times: answered in 24 ms'],
			['', 'plain', 'tried 10.0.0.1:7, 3 times: no answer'],
		],
	);
	const again = {kind: 'looking', since: 0, after: {kind: 'no-way', reason: {kind: 'unanswered'}}} as const;
	t.deepEqual(about('bob', {contacts: [contact('bob', {path: again})]}), [
		'bad: online; no way: bob answers no probe; trying again → ask bob to run simchat doctor: a firewall on one of the two sides may drop UDP',
	]);
	t.is(
		nextStep(found({contacts: [contact('dan', {path: {kind: 'looking', since: 0}})]})),
		'wait a moment: a way to dan is being looked for',
	);
	t.regex(nextStep(all) ?? '', /^switch on PCP/, 'of the first contact without a way');
});

test('of a contact who is not there, and whose keeper has what is sent, the doctor says so', t => {
	const path = {kind: 'direct', address: '192.0.2.1:7', rtt: 24} as const;
	t.is(
		found({contacts: [contact('ann', {onlyKeeper: true, path})]}).at(-1)?.words,
		'a keeper is there; direct · 24 ms',
	);
	t.is(found({contacts: [contact('ann', {path})]}).at(-1)?.words, 'online; direct · 24 ms');
});
