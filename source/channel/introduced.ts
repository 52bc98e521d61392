// What an introduction came to.
import {type Grant} from '../wire/messages/introduce.ts';
import {type Whereabouts} from '../wire/messages/ways.ts';
import {type Trouble, blocked} from './channel-path.ts';

/**
 * A grant, with what a directory that knows it says of where the other is, and when both were told, server ms. Its addresses are those that
 * may be sent to.
 */
export type Granted = Grant & {readonly ways?: Whereabouts | undefined; readonly time?: number};

/** What a person is told when nothing came of it. */
export const TROUBLE_OF: Readonly<Record<'unavailable' | 'offline' | 'unseen', Trouble | undefined>> = {
	unavailable: blocked('unavailable'),
	offline: undefined,
	unseen: {kind: 'no-way', reason: {kind: 'udp-blocked'}},
};

/** What an introduction came to. unseen: none was asked for, since no reflector answers us. */
export type Introduced = Granted | 'unavailable' | 'offline' | 'unseen' | {readonly retryAfter: number};
