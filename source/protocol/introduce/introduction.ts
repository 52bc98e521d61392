// The asking side of an introduction: an answer counts only for the question that is open, and only while it is fresh.
import {type Buffer} from 'node:buffer';
import {intoSecret, wipe} from '../../crypto/bytes.ts';
import {type Grant, type Introduce, type Introduction, decodeIntroduction} from '../../wire/messages/introduce.ts';
import {SUITES} from '../../wire/suite.ts';
import {TICKET_LIFE_S} from './ticket.ts';

export type IntroductionDrop = 'malformed' | 'other-request' | 'other-device' | 'stale' | 'unsupported';

/**
 * What an INTRODUCTION's body grants for `asked`; 'unavailable' when the peer is unknown, offline or has blocked us, which
 * the server does not tell apart. `time` is when it did, and `now` is server time, ms: an answer older than its ticket's life is of no use. The key moves out
 * of the body; it is the caller's to wipe. `isAsked` tells the key of the device that was asked for, where one was.
 */
export function consumeIntroduction(
	body: Buffer,
	asked: Introduce,
	now: number,
	isAsked: (key: Buffer) => boolean = () => true,
): {readonly grant: Grant; readonly time: number} | 'unavailable' | {readonly drop: IntroductionDrop} {
	const introduction = decodeIntroduction(body);
	const grant = introduction?.grant && {...introduction.grant, key: intoSecret(introduction.grant.key)};
	const fault = introduction === undefined ? 'malformed' : faultOf(introduction, asked, now, isAsked);
	if (fault === undefined) return grant === undefined ? 'unavailable' : {grant, time: introduction!.time};
	wipe(body, grant?.key);
	return {drop: fault};
}

function faultOf(
	{request, name, time, grant}: Introduction,
	asked: Introduce,
	now: number,
	isAsked: (key: Buffer) => boolean,
): IntroductionDrop | undefined {
	if (request !== asked.request || name !== asked.name) return 'other-request';
	if (grant !== undefined && !isAsked(grant.identityKey)) return 'other-device';
	if (Math.abs(now - time) > TICKET_LIFE_S * 1000) return 'stale';
	return grant === undefined || SUITES.includes(grant.suite) ? undefined : 'unsupported';
}
