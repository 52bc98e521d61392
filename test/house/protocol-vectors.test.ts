// docs/protocol.md against the code: its test values, its tables of types and limits, and every label.
import {readFile, readdir} from 'node:fs/promises';
import test from 'ava';
import {PAGE, testValues, valuesIn} from '../../tools/vectors/page.ts';
import * as challenge from '../../source/protocol/login/challenge.ts';
import * as lockout from '../../source/protocol/login/lockout.ts';
import * as records from '../../source/protocol/login/records.ts';
import * as kdc from '../../source/protocol/introduce/kdc.ts';
import * as ticket from '../../source/protocol/introduce/ticket.ts';
import * as delivery from '../../source/protocol/delivery/delivery-limits.ts';
import * as fileLimits from '../../source/protocol/files/file-limits.ts';
import * as bind from '../../source/protocol/path/bind.ts';
import * as probeLimits from '../../source/protocol/path/probe-limits.ts';
import * as mapping from '../../source/protocol/path/mapping.ts';
import * as linkCall from '../../source/protocol/path/link-call.ts';
import * as pathLimits from '../../source/protocol/path/path-limits.ts';
import * as sessions from '../../source/protocol/session/handshake-rates.ts';
import * as replay from '../../source/protocol/session/replay.ts';
import * as timers from '../../source/protocol/session/timers.ts';
import * as deviceLogs from '../../source/protocol/devices/device-log.ts';
import * as linkKeys from '../../source/protocol/devices/link-keys.ts';
import * as linkOffer from '../../source/protocol/devices/link-offer.ts';
import * as recovery from '../../source/protocol/devices/recovery-key.ts';
import * as connection from '../../source/server/connection-times.ts';
import * as guestRequests from '../../source/server/guest-requests.ts';
import * as guests from '../../source/server/guests.ts';
import * as invites from '../../source/server/invites.ts';
import {LIMITS} from '../../source/server/rate-limits.ts';
import * as returnTimes from '../../source/server/return-times.ts';
import * as act from '../../source/content/act.ts';
import * as awaySignal from '../../source/content/away.ts';
import * as textEdit from '../../source/content/text-edit.ts';
import * as messageReference from '../../source/content/message-reference.ts';
import * as reaction from '../../source/content/reaction.ts';
import * as receipt from '../../source/content/receipt.ts';
import * as refusal from '../../source/content/refusal.ts';
import * as text from '../../source/content/text.ts';
import * as timer from '../../source/content/timer.ts';
import * as typingSignal from '../../source/content/typing.ts';
import * as address from '../../source/wire/address.ts';
import {ALERT_CODE} from '../../source/wire/alert.ts';
import * as datagram from '../../source/wire/datagram.ts';
import * as frame from '../../source/wire/frame.ts';
import * as joinLink from '../../source/wire/join-link.ts';
import * as deviceEntries from '../../source/wire/messages/device-entry.ts';
import * as devices from '../../source/wire/messages/devices.ts';
import * as directory from '../../source/wire/messages/directory.ts';
import * as fileMessages from '../../source/wire/messages/file.ts';
import * as handshake from '../../source/wire/messages/handshake.ts';
import * as introduce from '../../source/wire/messages/introduce.ts';
import * as login from '../../source/wire/messages/login.ts';
import * as call from '../../source/wire/messages/call.ts';
import * as localAddresses from '../../source/wire/messages/local-addresses.ts';
import * as replication from '../../source/wire/messages/replication.ts';
import * as replicationItems from '../../source/wire/messages/replication-items.ts';
import * as places from '../../source/messaging/replication/places.ts';
import * as sendingForOthers from '../../source/messaging/replication/sending-for-others.ts';
import {REGISTERS_LIMIT} from '../../source/messaging/replication/registers.ts';
import * as path from '../../source/wire/messages/path.ts';
import * as linkRequest from '../../source/wire/messages/link-request.ts';
import * as probe from '../../source/wire/messages/probe.ts';
import * as shape from '../../source/wire/messages/shape.ts';
import * as transport from '../../source/wire/messages/msg.ts';
import * as ways from '../../source/wire/messages/ways.ts';
import * as name from '../../source/wire/name.ts';
import * as suite from '../../source/wire/suite.ts';

const page = await readFile(PAGE, 'utf8');
const constants: Record<string, unknown> = Object.assign(
	Object.assign({}, act, awaySignal, textEdit, messageReference, reaction, receipt, refusal, text, timer, typingSignal),
	Object.assign({}, address, datagram, directory, frame, handshake, introduce, joinLink, login, name),
	Object.assign({}, path, transport, challenge, delivery, kdc, lockout, records, ticket, timers),
	Object.assign({}, deviceEntries, deviceLogs, devices, guestRequests, guests, linkKeys, linkOffer, linkRequest),
	Object.assign({}, fileLimits, fileMessages, recovery, call, linkCall, mapping, probe, probeLimits),
	Object.assign({REGISTERS_LIMIT}, sendingForOthers, places, replication, replicationItems),
	Object.assign(
		{},
		bind,
		localAddresses,
		pathLimits,
		connection,
		invites,
		replay,
		returnTimes,
		sessions,
		shape,
		suite,
		ways,
	),
);

/** The rows of all tables, as their cells. */
const rows = page
	.split('\n')
	.filter(line => line.startsWith('|'))
	.map(line =>
		line
			.split('|')
			.slice(1, -1)
			.map(cell => cell.trim()),
	);

test('the test values are those of the code', async t => {
	t.is(valuesIn(page), await testValues(), 'write them anew: npx tsx scripts/protocol-vectors.ts');
});

const milliseconds: Record<string, number> = {ms: 1, s: 1000, min: 60_000, h: 3_600_000};

/** '1, 2 s' → [1000, 2000]. Sizes and counts are plain numbers. */
function parse(value: string): number[] {
	const [, figures = '', unit = ''] = /^([\d., ]+?) ?([a-z]*)$/.exec(value) ?? [];
	return figures.split(',').map(figure => Number(figure) * (milliseconds[unit] ?? 1));
}

const limits = rows.flatMap(([, value = '', quoted = '', ...rest]) => {
	const [, constant] = /^`([A-Z_\d]+)`$/.exec(quoted) ?? [];
	return constant === undefined || rest.length > 0 ? [] : [{constant, written: parse(value)}];
});

test('limits and timers are those of the code', t => {
	for (const {constant, written} of limits) {
		const inMs = [constants[constant]].flat().map(each => (constant.endsWith('_S') ? Number(each) * 1000 : each));
		t.deepEqual(written, inMs as number[], constant);
	}
});

test('every number that the protocol exports is in those tables', t => {
	const named = new Set(limits.map(({constant}) => constant));
	const numbers = Object.entries(constants).filter(([, value]) => typeof [value].flat()[0] === 'number');
	const missing = numbers.map(([constant]) => constant).filter(constant => !named.has(constant));
	t.true(numbers.length > 80);
	t.deepEqual(missing, []);
});

test('what the client chose is what its source says', async t => {
	const folder = new URL('../../source/channel/', import.meta.url);
	const files = await readdir(folder, {recursive: true});
	const chosen = rows.flatMap(([, value = '', quoted = '']) => {
		const [, file, constant] = /^`([a-z-]+\.ts)` `([A-Z_]+)`$/.exec(quoted) ?? [];
		return file === undefined ? [] : [{file, constant, written: parse(value)}];
	});
	t.true(chosen.length > 15);
	for (const {file, constant, written} of chosen) {
		const place = files.find(each => each === file || each.endsWith(`/${file}`)) ?? file;
		const source = await readFile(new URL(place, folder), 'utf8');
		const [, figures = ''] = new RegExp(`\\bconst ${constant} = \\[?([\\d_, ]+)\\]?`).exec(source) ?? [];
		t.deepEqual(written, figures.replaceAll('_', '').split(',').map(Number), `${file} ${constant}`);
	}
});

test('rates are those of the server', t => {
	const named = rows.filter(row => row.length === 4 && /^`[a-z]+`$/.test(row[3]!));
	t.is(named.length, 9);
	for (const [, burst, perSecond, quoted] of named) {
		const rate = LIMITS[quoted!.slice(1, -1) as keyof typeof LIMITS];
		t.deepEqual({burst: Number(burst), perSecond: Number(perSecond)}, rate, quoted);
	}
});

/** The first two cells of the rows of so many cells whose first is `0x…`. */
function typeRows(width: number): string[] {
	const typed = rows.filter(row => row.length === width && row[0]?.startsWith('0x'));
	return typed.map(([type, title]) => `${type} ${title}`).toSorted();
}

/** As such a table has them: camelCase becomes UPPER_CASE. */
function typesOf(types: Record<string, number>): string[] {
	const titles = Object.entries(types).map(([key, type]) => {
		const title = key.replaceAll(/[A-Z]/g, '_$&').toUpperCase();
		return `0x${type.toString(16).padStart(2, '0')} ${title}`;
	});
	return titles.toSorted();
}

test('every type of a frame, a datagram and an alert is in its table', t => {
	t.deepEqual(typeRows(4), typesOf(frame.FRAME));
	t.deepEqual(typeRows(3), typesOf(datagram.DATAGRAM));
	const alerts = rows.filter(([, title = '']) => title in ALERT_CODE);
	t.deepEqual(
		alerts.map(([code, title]) => [title, Number(code)]),
		Object.entries(ALERT_CODE),
	);
});

test('every label of the code is in the document', async t => {
	const root = new URL('../../source/', import.meta.url);
	// What a client seals on its own disk is no business of anybody else's.
	const files = (await readdir(root, {recursive: true})).filter(
		file => file.endsWith('.ts') && !file.startsWith('client/'),
	);
	const sources = await Promise.all(files.map(async file => readFile(new URL(file, root), 'utf8')));
	const patterns = [
		/expandLabel(?:Into\([^,]+)?[(,][^,]+, ['`]([^'`]+)['`]/g,
		/['`](simchat1 \w[^'`]*)['`]/g,
		/transcript\('(\w+)'\)/g,
	];
	const labels = sources.flatMap(source =>
		patterns.flatMap(pattern => [...source.matchAll(pattern)].map(([, label = '']) => label)),
	);
	t.true(labels.length > 30);
	for (const label of new Set(labels)) {
		// A role in a label is one of two; the parts of a challenge are named in one line.
		const spelled = ['initiator', 'responder', 'cookie'].map(word => label.replace(/\$\{\w+\}/, word));
		t.true(
			spelled.some(each => page.includes(`"${each}"`) || page.includes(`"${each} "`)),
			label,
		);
	}
});
