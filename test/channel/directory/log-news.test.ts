// News of a device log that come right behind an answer of the directory, before whoever asked has looked at that answer.
import {type Buffer} from 'node:buffer';
import test from 'ava';
import {type LogAlarm, LogKeeper, type LogSource} from '../../../source/channel/directory/log-keeper.ts';
import {generateIdentity} from '../../../source/crypto/identity.ts';
import {
	type DeviceLog,
	extendLog,
	foundLog,
	joinConsent,
	replayLog,
} from '../../../source/protocol/devices/device-log.ts';
import {encodeDeviceEntry} from '../../../source/wire/messages/device-entry.ts';
import {seededRandom} from '../../twins/random.ts';

const NOW = 1_800_000_000_000;
const random = seededRandom('news of a log');
const [first, laptop, phone] = [1, 2, 3].map(() => generateIdentity(random).identity);

function added(log: DeviceLog, device: typeof first) {
	const consent = joinConsent(device!, 'alice', first!.publicKey);
	return extendLog(log, first!, {kind: 'add', subject: device!.publicKey, role: 'device', consent}, NOW);
}

/** A client that follows alice's log, and a directory that has `entries` and tells of the newest right behind each answer. */
function following(entries: Buffer[]) {
	const alarms: LogAlarm[] = [];
	const keeper = new LogKeeper({
		timers: {after: () => () => {}},
		onLog() {},
		onAlarm: (_, alarm) => alarms.push(alarm),
		onEmpty() {},
	});
	const page = (from: number) => ({request: 1, name: 'alice', count: entries.length, entries: entries.slice(from)});
	/** What happens between an answer and whoever waits for it. */
	const behind: Array<() => void> = [];
	const line: LogSource = {
		async devices(_, from) {
			const answer = page(from);
			behind.shift()?.();
			return answer;
		},
		async extendLog(entry) {
			entries.push(entry);
			const answer = page(entries.length - 1);
			behind.shift()?.();
			return answer;
		},
	};
	/** Another device adds one, and the directory tells everybody. */
	const news = (device: typeof first) => {
		entries.push(encodeDeviceEntry(added(replayLog(entries)!, device)));
		keeper.takeNews({...page(entries.length - 1), request: 0});
	};

	keeper.keep('alice', first!.publicKey, entries);
	return {keeper, alarms, behind, news, line};
}

test('news right behind the answer to a question make no shorter log of that answer, and no alarm', async t => {
	const entries = [encodeDeviceEntry(foundLog(first!, 'alice', NOW))];
	const {keeper, alarms, behind, news, line} = following(entries);
	behind.push(() => news(laptop));
	keeper.begin(line, 'alice');
	for (let turn = 0; turn < 50; turn++) await Promise.resolve();
	t.deepEqual(alarms, []);
	t.true(keeper.admits('alice', laptop!.publicKey));
	t.is(keeper.log('alice')?.count, 2);
});

test('news right behind the answer to an entry of one’s own are no alarm either, and the entry is in', async t => {
	const entries = [encodeDeviceEntry(foundLog(first!, 'alice', NOW))];
	const {keeper, alarms, behind, news, line} = following(entries);
	keeper.begin(line, 'alice');
	for (let turn = 0; turn < 50; turn++) await Promise.resolve();
	behind.push(() => {
		keeper.takeNews({request: 0, name: 'alice', count: entries.length, entries: entries.slice(-1)});
		news(phone);
	});
	t.is(await keeper.extend('alice', log => ('count' in log ? added(log, laptop) : undefined)), 'done');
	t.deepEqual(alarms, []);
	t.true(keeper.admits('alice', laptop!.publicKey) && keeper.admits('alice', phone!.publicKey));
});
