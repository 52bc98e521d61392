// What anybody on the way could see of a whole talk, and what passes the server: a capture of every socket.
import {captured} from '../twins/capture.ts';
import {Buffer} from 'node:buffer';
import test from 'ava';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {DATAGRAM} from '../../source/wire/datagram.ts';
import {BIND_SIZE} from '../../source/wire/messages/path.ts';
import {startTestServer} from '../server/servers.ts';
import {passwordOf, signedUp} from '../twins/people.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

// Long enough that no chance hit is to be feared.
const [ALICE, BOB] = ['alicia-montgomery', 'bartholomew'];
const ROUNDS = 60;
const WORDS = 'the meeting is at the old lighthouse';

test('a whole talk: no message byte passes the server, and neither names, nor text, nor a session’s shares show anywhere', async t => {
	const server = await startTestServer(t);
	const shares: Buffer[] = [];
	const entropy = {
		...systemEntropy,
		async dhKeyPair() {
			const pair = await systemEntropy.dhKeyPair();
			shares.push(Buffer.from(pair.share));
			return pair;
		},
	};
	const alice = await signedUp(t, server.joinLink, ALICE, {entropy});
	const bob = await signedUp(t, server.joinLink, BOB, {entropy});
	const loginShares = shares.splice(0);
	t.is(loginShares.length, 2);

	const before = captured.length;
	// Text of the kind that compresses to nothing, and would be found in any piece of it.
	const long = `${WORDS} `.repeat(810).slice(0, 30_000);
	let said = 0;
	for (let round = 0; round < ROUNDS; round++) {
		alice.client.send(talkWith(BOB), `${WORDS}, ${round}`);
		bob.client.send(talkWith(ALICE), `${WORDS}, too, ${round}`);
		said += 2 * WORDS.length;
	}

	alice.client.send(talkWith(BOB), long);
	bob.client.send(talkWith(ALICE), long);
	said += 2 * long.length;
	await alice.until(
		() => alice.inbox.length === ROUNDS + 1 && alice.states(BOB).every(state => state === 'delivered'),
		'hers',
	);
	await bob.until(
		() => bob.inbox.length === ROUNDS + 1 && bob.states(ALICE).every(state => state === 'delivered'),
		'his',
	);
	t.is(bob.inbox.find(({text}) => text.length > 1000)?.text, long);
	const talk = captured.slice(before);
	await alice.client.signOff();
	await bob.client.signOff();

	const {port} = server.address;
	const atServer = ({from, to}: {from: number; to: number}) => from === port || to === port;
	const overUdp = talk.filter(({over}) => over === 'udp');
	const direct = overUdp.filter(each => !atServer(each));
	const byServer = talk.filter(each => atServer(each));

	t.true(sum(direct) > said, 'what was said went from peer to peer');
	t.true(direct.every(({bytes}) => bytes.length <= 1200));
	t.true(
		overUdp.filter(atServer).every(({bytes}) => bytes.length === BIND_SIZE),
		'BIND and BOUND alone',
	);
	t.true(overUdp.filter(atServer).every(({bytes}) => [DATAGRAM.bind, DATAGRAM.bound].includes(bytes[0] as 6)));
	// WATCH, PRESENCE, an introduction or two, and who has which devices: not a tenth of what was said.
	t.true(sum(byServer) < said / 10, `${sum(byServer)} bytes by the server, ${said} said`);
	t.log(`${said} bytes said: ${sum(direct)} bytes from peer to peer, ${sum(byServer)} bytes to and from the server`);

	const secrets = [
		...[ALICE, BOB, WORDS, 'lighthouse', passwordOf(ALICE), passwordOf(BOB)].map(text => Buffer.from(text)),
		...shares,
	];
	t.true(shares.length >= 2, 'the shares of a session are among them');
	// TCP is searched as the streams that it is, so that no write boundary hides anything.
	const streams = Map.groupBy(
		captured.filter(({over}) => over === 'tcp'),
		({from, to}) => `${from} ${to}`,
	);
	const everything = [
		...[...streams.values()].map(writes => Buffer.concat(writes.map(({bytes}) => bytes))),
		...captured.filter(({over}) => over === 'udp').map(({bytes}) => bytes),
	];
	t.true(everything.length > 50);
	for (const secret of secrets) {
		t.false(
			everything.some(bytes => bytes.includes(secret)),
			secret.length > 100 ? 'a share' : secret.toString(),
		);
	}

	// The capture does see what is in clear: the login's own shares.
	for (const share of loginShares) t.true(everything.some(bytes => bytes.includes(share)));
});

function sum(list: ReadonlyArray<{bytes: Buffer}>): number {
	return list.reduce((total, {bytes}) => total + bytes.length, 0);
}
