/**
 * The protocol without sockets, clocks and storage: cryptography, bytes on the wire, what people say, and both halves of every exchange.
 *
 * Everything is a function of its arguments. Times are in ms, of the clock that a function names. Randomness comes in as a
 * {@link Random} or an {@link Entropy}. Functions that decode return `undefined` for bytes that are not well formed, and functions
 * that consume a datagram return a {@link Drop} with the reason; neither throws. Secrets are the caller's to {@link wipe}.
 *
 * The norm is docs/protocol.md. Names, sizes and functions may change with every version until 1.0.
 *
 * @packageDocumentation
 */

// Cryptography: randomness, identity keys and safety numbers, passwords, sealing.
export {equal, intoSecret, wipe} from './source/crypto/bytes.ts';
export {type DhKeyPair, generateDhKeyPair} from './source/crypto/dh.ts';
export {type IdentityKey, generateIdentity, identityFromSeed, sign, verify} from './source/crypto/identity.ts';
export * from './source/crypto/password.ts';
export {type Random, systemRandom} from './source/crypto/random.ts';
export {type Party, safetyNumber} from './source/crypto/safety-number.ts';
export {SEAL_KEY_SIZE, type SealKey, open, seal, sealKey} from './source/crypto/seal.ts';
export {isSrpValue, srpVerifier} from './source/crypto/srp.ts';

// What the messages consist of.
export {type Address, addressText, normalizeAddress, sameAddress} from './source/wire/address.ts';
export {type Alert, type AlertReason, decodeAlert, encodeAlert} from './source/wire/alert.ts';
export {DEFAULT_PORT, type JoinLink, formatJoinLink, parseJoinLink} from './source/wire/join-link.ts';
export {type DeviceLink, formatDeviceLink, parseDeviceLink} from './source/wire/device-link.ts';
export {NAME_LIMIT, foldName, isName} from './source/wire/name.ts';
export {SUITES, SUITE_DH, VERSION, chooseSuite} from './source/wire/suite.ts';

// Client and server, over TCP: frames, and the messages in them.
export * from './source/wire/frame.ts';
export * from './source/wire/messages/device-entry.ts';
export * from './source/wire/messages/devices.ts';
export * from './source/wire/messages/directory.ts';
export * from './source/wire/messages/introduce.ts';
export * from './source/wire/messages/link-request.ts';
export * from './source/wire/messages/login.ts';

// Client and client, over UDP: datagrams, and the frames in a sealed one.
export * from './source/wire/datagram.ts';
export * from './source/wire/messages/handshake.ts';
export * from './source/wire/messages/path.ts';
export * from './source/wire/messages/probe.ts';
export * from './source/wire/messages/call.ts';
export * from './source/wire/messages/msg.ts';

// What people say.
export * from './source/content/content.ts';
export {type ActContent, type ActKind, AHEAD_MS} from './source/content/act.ts';
export {MESSAGE_ID_SIZE, type MessageReference} from './source/content/message-reference.ts';
export {ACTS} from './source/content/kinds.ts';
export {RECEIPT_LIMIT, RECEIPT_WAIT_MS} from './source/content/receipt.ts';
export {TEXT_LIMIT, type TextContent} from './source/content/text.ts';

// Fresh bytes and fresh key pairs, for every exchange.
export {type Entropy, systemEntropy} from './source/protocol/entropy.ts';

// Login, both halves, with puzzles and the count of wrong passwords; and the records after it.
export * from './source/protocol/login/client.ts';
export * from './source/protocol/login/server.ts';
export * from './source/protocol/login/lockout.ts';
export {
	type ChallengeKeys,
	challengeKeys,
	difficultyFor,
	puzzleTime,
	rotateChallengeKeys,
	searchPuzzle,
	unsolvedPuzzle,
} from './source/protocol/login/challenge.ts';
export {
	type DirectorySession,
	identityChangeStatement,
	wipeDirectorySession,
} from './source/protocol/login/login-keys.ts';
export {
	type RecordState,
	needsKeyUpdate,
	openRecord,
	sealKeyUpdate,
	sealRecord,
	updateKey,
} from './source/protocol/login/records.ts';

// Which devices an account has, how one more joins it by a link, both halves, and by its recovery key.
export * from './source/protocol/devices/device-log.ts';
export * from './source/protocol/devices/link-joiner.ts';
export * from './source/protocol/devices/link-offer.ts';
export * from './source/protocol/devices/recovery-key.ts';

// Introduction: the server's half, the client's, and the ticket that goes from one client to the other.
export * from './source/protocol/introduce/introduction.ts';
export * from './source/protocol/introduce/kdc.ts';
export {type TicketKey, issueTicket, redeemTicket, ticketKeyId} from './source/protocol/introduce/ticket.ts';

// The address at which the server sees a client's UDP socket.
export * from './source/protocol/path/bind.ts';

// Which pair of addresses leads to whom one was introduced to, and who is on the local network.
export * from './source/protocol/path/probe-keys.ts';
export * from './source/protocol/path/probing.ts';
export * from './source/protocol/path/link-call.ts';
export * from './source/protocol/path/mapping.ts';
export * from './source/protocol/path/no-way.ts';

// A session of two clients: the handshake, both halves, then sealed datagrams and new keys.
export * from './source/protocol/session/initiator.ts';
export * from './source/protocol/session/responder.ts';
export * from './source/protocol/session/session.ts';
export * from './source/protocol/session/rekey.ts';
export * from './source/protocol/session/timers.ts';
export {type Drop, type DropReason} from './source/protocol/session/drops.ts';
export {type Established, type Local, type Pinned} from './source/protocol/session/established.ts';
export {type Role} from './source/protocol/session/session-keys.ts';

// Delivery: acknowledgements, repeats and congestion control.
export * from './source/protocol/delivery/delivery.ts';
