// The UDP port of a profile: kept, demanded, taken by somebody else.
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {ClientError} from '../../source/os/errors.ts';
import {openOnKeptPort} from '../../source/client/kept-port.ts';
import {bindUdp} from '../../source/os/udp-bind.ts';

/** Settings in memory; `refuse` is what the disk says. */
function settingsWith(port?: number, refuse?: Error) {
	const settings = {
		port,
		isPortByHand: false,
		setPort(value: number, isByHand: boolean) {
			if (refuse !== undefined) throw refuse;
			settings.port = value;
			settings.isPortByHand = isByHand;
		},
	};
	return settings;
}

async function open(t: ExecutionContext, settings: ReturnType<typeof settingsWith>, demanded?: number) {
	const socket = await openOnKeptPort(settings, demanded, () => {});
	t.teardown(() => socket.close());
	return socket;
}

/** A port that somebody has, in one family alone. */
async function takenPort(t: ExecutionContext, type: 'udp4' | 'udp6' = 'udp4'): Promise<number> {
	const other = await bindUdp({type, address: type === 'udp4' ? '0.0.0.0' : '::1', port: 0});
	t.teardown(() => other.close());
	return other.address().port;
}

test('the first port is the kernel’s choice, and it is the same at the next start', async t => {
	const settings = settingsWith();
	const first = await open(t, settings);
	t.like(settings, {port: first.port, isPortByHand: false});
	first.close();
	t.is((await open(t, settings)).port, first.port);
});

test('a kept port that somebody has is left for this time, and stays the kept one', async t => {
	const port = await takenPort(t);
	const settings = settingsWith(port);
	const socket = await open(t, settings);
	t.not(socket.port, port);
	t.is(settings.port, port);
});

test('a demanded port is kept from then on', async t => {
	const first = await open(t, settingsWith());
	first.close();
	const settings = settingsWith(1);
	const second = await open(t, settings, first.port);
	t.is(second.port, first.port);
	t.like(settings, {port: first.port, isPortByHand: true});
	second.close();
	// And stays one that was demanded.
	await open(t, settings);
	t.like(settings, {port: first.port, isPortByHand: true});
});

test('a demanded port that somebody has is an error that says who, and nothing is kept', async t => {
	const port = await takenPort(t);
	const settings = settingsWith(7);
	const error = await t.throwsAsync(open(t, settings, port), {instanceOf: ClientError});
	t.is(error.code, 'port-taken');
	t.regex(error.message, new RegExp(`^UDP port ${port} is taken by .*: end that, or take another port with --port$`));
	if (process.platform === 'linux') t.regex(error.message, new RegExp(`\\(process ${process.pid}\\)`));
	t.is(settings.port, 7);
});

test('a full disk keeps nobody from talking', async t => {
	const settings = settingsWith(undefined, new ClientError('disk', 'full'));
	t.true((await open(t, settings)).port > 0);
	const fault = new Error('a fault of ours');
	await t.throwsAsync(open(t, settingsWith(undefined, fault)), {is: fault});
});
