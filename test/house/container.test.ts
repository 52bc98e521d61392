// The recipes for containers, as far as they can be looked at without running one: what they start is known, and what they promise is in them.
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {SERVER_OPTIONS} from '../../source/server/server-usage.ts';
import {dashed} from '../../source/usage/manual.ts';
import {DEFAULT_PORT} from '../../source/wire/join-link.ts';

const folder = path.resolve('tools/package/container');
/** What a command line knows. --store is for servers that share a database. */
const KNOWN = new Set([...Object.keys(SERVER_OPTIONS).map(flag => dashed(flag)), '--store']);

/** Of a list of arguments as `--flag=value`. */
function flagsOf(t: {true(value: boolean, message: string): void}, args: readonly string[]): Map<string, string> {
	const flags = new Map(args.map(each => [each.split('=')[0]!, each.slice(each.indexOf('=') + 1)]));
	for (const flag of flags.keys()) t.true(KNOWN.has(flag), flag);
	return flags;
}

test('the image is built in stages, is not root’s, is told to stop as the server understands it, and takes what is there', async t => {
	const text = await readFile(path.join(folder, 'Dockerfile'), 'utf8');
	const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
	for (const line of lines)
		t.regex(line, /^(?:FROM|WORKDIR|COPY|RUN|USER|ENV|VOLUME|EXPOSE|STOPSIGNAL|ENTRYPOINT|CMD) /);
	const stages = lines.flatMap((line, index) => (line.startsWith('FROM ') ? [index] : []));
	t.is(stages.length, 2);
	const last = new Set(lines.slice(stages[1]));
	for (const line of lines.filter(each => each.startsWith('FROM '))) t.regex(line, /^FROM node:24-bookworm-slim\b/);
	t.true(last.has('USER 1000:1000') && last.has('STOPSIGNAL SIGTERM') && last.has('VOLUME /data'));
	t.false(/^(?:ADD|USER (?:root|0))\b/m.test(text));
	for (const line of lines.slice(0, stages[1]).filter(each => each.startsWith('COPY '))) {
		for (const file of line.split(' ').slice(1, -1)) t.true(existsSync(file), file);
	}

	for (const [, from] of text.matchAll(/^COPY --from=build \/build\/(\S+) /gm)) {
		t.true(existsSync(from!) || from === 'dist', from);
	}

	t.true(last.has(`EXPOSE ${DEFAULT_PORT}/tcp ${DEFAULT_PORT}/udp ${DEFAULT_PORT + 1}/udp 9406/tcp`));
	const entry = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(text)![1]!) as string[];
	t.true(existsSync(path.join('bin', path.basename(entry[1]!))));
	const command = JSON.parse(/^CMD (.*)$/m.exec(text)![1]!) as string[];
	for (const flag of [...entry, ...command].filter(each => each.startsWith('--'))) t.true(KNOWN.has(flag), flag);
});

/** The documents of a YAML file; undefined where there is nothing to read it with. */
function documentsOf(name: string): unknown[] | undefined {
	const program = 'import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(sys.stdin))))';
	const input = readFileSync(path.join(folder, name));
	const {status, stdout, stderr} = spawnSync('python3', ['-c', program], {input, encoding: 'utf8'});
	if (status === 0) return JSON.parse(stdout) as unknown[];
	if (/No module named 'yaml'/.test(stderr) || status === null) return undefined;
	throw new Error(stderr);
}

type Confined = {readonly securityContext?: Readonly<Record<string, unknown>>};
type Container = Confined & {
	readonly args?: readonly string[];
	readonly ports?: ReadonlyArray<{readonly name: string; readonly protocol: string; readonly containerPort: number}>;
	readonly volumeMounts: ReadonlyArray<{readonly name: string}>;
	readonly [probe: `${string}Probe`]: {readonly httpGet: {readonly path: string; readonly port: string}};
};
type Manifest = {
	readonly kind: string;
	readonly metadata: {readonly name: string};
	readonly spec: {
		readonly type?: string;
		readonly ports?: ReadonlyArray<{readonly name: string; readonly protocol?: string; readonly port: number}>;
		readonly selector: unknown;
		readonly replicas?: number;
		readonly template?: {
			readonly metadata: {readonly labels: unknown};
			readonly spec: Confined & {
				readonly terminationGracePeriodSeconds: number;
				readonly initContainers: readonly Container[];
				readonly containers: readonly Container[];
				readonly volumes: ReadonlyArray<{readonly name: string}>;
			};
		};
	};
};
type Compose = {
	readonly services: Readonly<
		Record<
			string,
			{
				readonly command?: readonly string[];
				readonly read_only?: boolean;
				readonly network_mode?: string;
				readonly stop_grace_period?: string;
				readonly volumes: readonly string[];
				readonly healthcheck: {readonly test: readonly string[]};
			}
		>
	>;
	readonly volumes: Readonly<Record<string, unknown>>;
};

const [compose, manifests] = ['compose.yaml', 'kubernetes.yaml'].map(name => documentsOf(name));
const withYaml = compose === undefined || manifests === undefined ? test.skip : test;
const title = (words: string) => (compose === undefined ? `${words} (needs python3-yaml)` : words);

withYaml(title('compose starts PostgreSQL and three servers, each at a port of its own'), t => {
	const {services, volumes} = compose![0] as Compose;
	t.deepEqual(Object.keys(services), ['postgres', 'one', 'two', 'three']);
	const ports: string[] = [];
	for (const [name, service] of Object.entries(services)) {
		for (const volume of service.volumes) t.true(Object.hasOwn(volumes, volume.replace(/:.*/, '')), volume);
		if (name === 'postgres') continue;
		t.like(service, {read_only: true, network_mode: 'host', stop_grace_period: '2m'});
		const flags = flagsOf(t, service.command!);
		t.true(Number(flags.get('--drain')) + Number(flags.get('--drain-spread')) < 110);
		const metrics = flags.get('--metrics')!;
		t.true(service.healthcheck.test.some(each => each.includes(`http://${metrics}/livez`)));
		ports.push(flags.get('--listen')!.replace(/.*:/, ''), metrics.replace(/.*:/, ''));
	}

	// Each server has the port after its own for UDP, too.
	const numbers = ports.map(Number);
	t.is(new Set(numbers.flatMap(port => [port, port + 1])).size, 2 * ports.length);
});

withYaml(
	title('Kubernetes gets three servers that are asked how they are, and that it may stop in their own time'),
	t => {
		const all = manifests as Manifest[];
		const set = all.find(({kind}) => kind === 'StatefulSet');
		const pod = set!.spec.template!.spec;
		const [server] = pod.containers;
		const flags = flagsOf(t, server!.args!);
		const grace = pod.terminationGracePeriodSeconds;
		t.true(Number(flags.get('--drain')) + Number(flags.get('--drain-spread')) < grace - 10);
		t.like(pod.securityContext, {runAsNonRoot: true, runAsUser: 1000});
		const names = new Set(pod.volumes.map(({name}) => name));
		for (const container of [...pod.initContainers, server!]) {
			t.like(container.securityContext, {readOnlyRootFilesystem: true, allowPrivilegeEscalation: false});
			t.deepEqual(container.securityContext!['capabilities'], {drop: ['ALL']});
			for (const {name} of container.volumeMounts) t.true(names.has(name), name);
		}

		t.is(server!.livenessProbe!.httpGet.path, '/livez');
		t.is(server!.readinessProbe!.httpGet.path, '/readyz');
		const opened = server!.ports!.map(({name, protocol, containerPort}) => ({name, protocol, port: containerPort}));
		const services = all.filter(({kind, spec}) => kind === 'Service' && spec.type === 'LoadBalancer');
		t.deepEqual(
			services.map(({metadata}) => metadata.name),
			Array.from({length: set!.spec.replicas!}, (_, index) => `simchat-${index}`),
		);
		for (const {metadata, spec} of services) {
			t.deepEqual(spec.selector, {'statefulset.kubernetes.io/pod-name': metadata.name});
			t.deepEqual(
				spec.ports,
				opened.filter(({name}) => name !== 'metrics'),
			);
		}

		t.deepEqual(
			opened.slice(0, 3).map(({port}) => port),
			[DEFAULT_PORT, DEFAULT_PORT, DEFAULT_PORT + 1],
		);
		t.deepEqual(set!.spec.selector, {matchLabels: set!.spec.template!.metadata.labels});
	},
);
