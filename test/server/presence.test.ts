// Presence among members alone, no sockets: who is told what, and that lists shrink again.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {recordState} from '../../source/protocol/login/records.ts';
import {LIMITS} from '../../source/server/limits.ts';
import {type Member, createMember} from '../../source/server/member.ts';
import {Presence} from '../../source/server/presence.ts';
import {decodePresence} from '../../source/wire/messages/directory.ts';

let sessions = 0;

function member(name: string, heard: string[] = []): Member {
	const sessionId = Buffer.alloc(16);
	sessionId.writeUInt32BE(++sessions);
	const empty = Buffer.alloc(0);
	const session = {
		sessionId,
		ticketKeyId: empty,
		ticketKey: empty,
		bindKey: empty,
		send: recordState(empty, 0),
		receive: recordState(empty, 0),
		observed: {host: '127.0.0.1', port: 1},
		clockOffset: 0,
	};
	const link = {
		send(_: number, body: Buffer) {
			for (const entry of decodePresence(body) ?? []) heard.push(`${entry.name} ${entry.online ? 'on' : 'off'}`);
		},
		end() {},
	};
	return createMember({name, identityKey: empty}, session, link, [], LIMITS, {now: () => 0, elapsed: () => 0});
}

test('a displacement is not a change: watchers hear nothing', t => {
	const presence = new Presence();
	const heard: string[] = [];
	const watcher = member('alice', heard);
	presence.arrive(watcher);
	presence.watch(watcher, ['bob'], 10);
	const [first, second] = [member('bob'), member('bob')];
	t.is(presence.arrive(first), undefined);
	t.is(presence.arrive(second), first);
	presence.leave(first);
	t.is(presence.get('bob'), second);
	presence.leave(second);
	t.deepEqual(heard, ['bob on', 'bob off']);
});

test('blocking hides from a watcher at once, unblocking shows again, each once', t => {
	const presence = new Presence();
	const heard: string[] = [];
	const [alice, bob] = [member('alice', heard), member('bob')];
	presence.arrive(alice);
	presence.arrive(bob);
	presence.watch(alice, ['bob'], 10);
	for (const blocked of [true, true, false, false]) presence.block(bob, 'alice', blocked);
	t.deepEqual(heard, ['bob off', 'bob on']);
	presence.block(bob, 'alice', true);
	t.false(presence.seenBy(alice, 'bob'));
	presence.leave(bob);
	t.deepEqual(heard, ['bob off', 'bob on', 'bob off']);
});

test('a watch over the limit changes nothing', t => {
	const presence = new Presence();
	const alice = member('alice');
	t.is(presence.watch(alice, ['a', 'b', 'b'], 2)?.length, 3);
	t.is(presence.watch(alice, ['c'], 2), undefined);
	t.is(presence.watched, 2);
});

test('whatever happens, a watcher knows exactly who is there', t => {
	const names = ['a', 'b', 'c'];
	const event = fc.record({
		name: fc.constantFrom(...names),
		what: fc.constantFrom('arrive', 'leave', 'watch', 'unwatch'),
	});
	fc.assert(
		fc.property(fc.array(event, {maxLength: 40}), events => {
			const presence = new Presence();
			const heard: string[] = [];
			const watcher = member('watcher', heard);
			presence.arrive(watcher);
			const online = new Map<string, Member>();
			const known = new Map<string, boolean>();
			for (const {name, what} of events) {
				heard.length = 0;
				const before = online.get(name);
				if (what === 'arrive') {
					const arrived = member(name);
					presence.arrive(arrived);
					if (before) presence.leave(before);
					online.set(name, arrived);
				}

				if (what === 'leave' && before) {
					presence.leave(before);
					online.delete(name);
				}

				if (what === 'watch')
					for (const entry of presence.watch(watcher, [name], 10) ?? []) known.set(name, entry.online);
				if (what === 'unwatch') presence.unwatch(watcher, [name]);
				if (what === 'unwatch') known.delete(name);
				for (const change of heard) known.set(change.split(' ')[0]!, change.endsWith('on'));
				t.deepEqual(
					[...known]
						.filter(([, there]) => there)
						.map(([each]) => each)
						.toSorted(),
					[...online.keys()].filter(each => known.has(each)).toSorted(),
				);
			}

			presence.leave(watcher);
			for (const each of online.values()) presence.leave(each);
			t.is(presence.size + presence.watched, 0);
		}),
	);
});
