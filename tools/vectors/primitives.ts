// Test values of what everything else is made of.
import {Buffer} from 'node:buffer';
import {sha256} from '../../source/crypto/hash.ts';
import {expandLabel} from '../../source/crypto/kdf.ts';
import {opaqueString, passwordExponent} from '../../source/crypto/password.ts';
import {safetyNumber} from '../../source/crypto/safety-number.ts';
import {seal, sealKey} from '../../source/crypto/seal.ts';
import {srpDecoyVerifier, srpVerifier} from '../../source/crypto/srp.ts';
import {append, transcript} from '../../source/protocol/transcript.ts';
import {alice, bob} from './cast.ts';
import {section} from './sheet.ts';

const counting = (size: number, from = 0) =>
	Buffer.from(Array.from({length: size}, (_, index) => (from + index) % 256));

export async function primitivesSection(): Promise<string> {
	const key = counting(64);
	const aad = Buffer.from('header');
	const plaintext = Buffer.from('sixteen bytes ok');
	const start = transcript('login');
	const salt = counting(16, 0xa0);
	const scrypt = {logN: 15, r: 8, p: 1};
	const x = await passwordExponent(bob.password, bob.name, salt, scrypt);
	const number = safetyNumber(
		{name: alice.name, identityKey: alice.identity.publicKey},
		{name: bob.name, identityKey: bob.identity.publicKey},
	);
	return section('A.1 Primitives', 'One value for each function of the first sections.', [
		['EL(k, "msg", ctx, 64), k', counting(32)],
		['  ctx', counting(6, 0xc0)],
		['  value', expandLabel(counting(32), 'msg', counting(6, 0xc0), 64)],
		['Seal, key', key],
		['  IV', counting(16, 0x40)],
		['  AAD', aad],
		['  plaintext', plaintext],
		['  sealed', seal(sealKey(key), plaintext, aad, counting(16, 0x40))],
		['Transcript "login", th0', start],
		['  after "abc"', append(start, Buffer.from('abc'))],
		['Password, bob’s, spelled', Buffer.from(opaqueString(bob.password))],
		['  salt, with logN 15, r 8, p 1', salt],
		['  x', x],
		['  verifier', srpVerifier(x)],
		['Verifier from 384 bytes ff, mod N', srpDecoyVerifier(Buffer.alloc(384, 0xff))],
		['Invite code "abc", as a server stores it', sha256(Buffer.from('simchat1 inviteabc'))],
		['Safety number of alice and bob', number.replaceAll(/\d{5}(?=\d)/g, '$& ')],
	]);
}
