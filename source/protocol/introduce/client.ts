// The asking side of an introduction: an answer counts only for the question that is open, and only while it is fresh.
import {type Buffer} from 'node:buffer';
import {type Grant, type Introduce, decodeIntroduction} from '../../wire/messages/introduce.ts';
import {SUITES} from '../../wire/suite.ts';
import {TICKET_LIFE_S} from './ticket.ts';

export type IntroductionDrop = 'malformed' | 'other-request' | 'stale' | 'unsupported';

/**
 * What an INTRODUCTION's body grants for `asked`; 'unavailable' when the peer is unknown, offline or has blocked us, which
 * the server does not tell apart. `now` is server time: an answer older than its ticket's life is of no use.
 */
export function consumeIntroduction(
	body: Buffer,
	asked: Introduce,
	now: number,
): {readonly grant: Grant} | 'unavailable' | {readonly drop: IntroductionDrop} {
	const introduction = decodeIntroduction(body);
	if (introduction === undefined) return {drop: 'malformed'};
	const {request, name, time, grant} = introduction;
	if (request !== asked.request || name !== asked.name) return {drop: 'other-request'};
	if (Math.abs(now - time) > TICKET_LIFE_S * 1000) return {drop: 'stale'};
	if (grant === undefined) return 'unavailable';
	return SUITES.includes(grant.suite) ? {grant} : {drop: 'unsupported'};
}
