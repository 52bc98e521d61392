// A real directory in this process that says what a test wants: each record that it sends goes through a lie first, by who it is for.
import {type Buffer} from 'node:buffer';
import {type ExecutionContext} from 'ava';
import {ClientConnection} from '../../source/server/client-connection.ts';
import {type Member, type MemberConnection} from '../../source/server/member.ts';
import {PresenceRegistry} from '../../source/server/presence-registry.ts';

/** What a member is sent in the place of this record; undefined: nothing. */
export type Lie = (to: Member, type: number, body: Buffer) => Buffer | undefined;

type Registry = {add: (this: PresenceRegistry, member: Member) => Member | undefined};
type Connection = {
	send: (this: ClientConnection, type: number, body: Buffer) => void;
	end: (this: ClientConnection, ...why: Parameters<ClientConnection['end']>) => void;
};

/** Every server of this process lies so until the test is over: one test at a time. A device that was removed is not signed out. */
export function lieToMembers(t: ExecutionContext, lie: Lie): void {
	const members = new WeakMap<MemberConnection, Member>();
	const registry = PresenceRegistry.prototype as unknown as Registry;
	const connection = ClientConnection.prototype as unknown as Connection;
	const {add} = registry;
	const {send, end} = connection;
	registry.add = function (member) {
		members.set(member.connection, member);
		return add.call(this, member);
	};

	connection.send = function (type, body) {
		const member = members.get(this);
		const said = member === undefined ? body : lie(member, type, body);
		if (said !== undefined) send.call(this, type, said);
	};

	connection.end = function (...why) {
		if (why[0] !== 'deviceRemoved') end.apply(this, why);
	};

	t.teardown(() => {
		Object.assign(registry, {add});
		Object.assign(connection, {send, end});
	});
}
