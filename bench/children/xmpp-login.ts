// A login at an XMPP server as a client does it (RFC 6120, RFC 5802): a stream, SCRAM-SHA-1 without channel binding, a resource. What a password
// is stretched to is computed once for all users, who share salt and password.
import {Buffer} from 'node:buffer';
import {createHash, createHmac, pbkdf2Sync, randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {type Socket, connect} from 'node:net';

const PASSWORD = 'bench';
const SALT = 'simchat-bench';
const ITERATIONS = 10_000;

const salted = pbkdf2Sync(PASSWORD, SALT, ITERATIONS, 20, 'sha1');
const clientKey = hmac(salted, 'Client Key');
const storedKey = createHash('sha1').update(clientKey).digest();
const serverKey = hmac(salted, 'Server Key');

/** The account of each user, as the server keeps it. */
export const SCRAM_ACCOUNT = {salt: SALT, iterations: ITERATIONS, storedKey, serverKey} as const;

/** From the first packet until the session has a resource; then it ends. Rejects when it is refused. */
export async function loginByScram(port: number, host: string, user: string): Promise<void> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		const talk = talkOver(socket);
		const header = `<?xml version='1.0'?><stream:stream to='${host}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`;
		await talk(header, '</stream:features>');
		const nonce = randomBytes(18).toString('base64');
		const first = `n=${user},r=${nonce}`;
		const sasl = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'";
		const asked = await talk(
			`<auth ${sasl} mechanism='SCRAM-SHA-1'>${base64(`n,,${first}`)}</auth>`,
			/<challenge[^>]*>([^<]+)<\/challenge>/v,
		);
		const challenge = Buffer.from(asked[1]!, 'base64').toString();
		const both = /r=([^,]+)/v.exec(challenge)![1]!;
		const last = `c=biws,r=${both}`;
		const signature = hmac(storedKey, `${first},${challenge},${last}`);
		const proof = Buffer.from(clientKey.map((byte, index) => byte ^ signature[index]!)).toString('base64');
		await talk(`<response ${sasl}>${base64(`${last},p=${proof}`)}</response>`, '<success');
		await talk(header, '</stream:features>');
		const bind = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>";
		await talk(`<iq type='set' id='bind'>${bind}</iq>`, '</jid>');
		socket.end('</stream:stream>');
	} finally {
		socket.destroySoon();
	}
}

/** Says something and waits for what is to come. */
function talkOver(socket: Socket) {
	socket.setEncoding('utf8');
	return async (text: string, end: string | RegExp): Promise<RegExpExecArray | readonly string[]> => {
		socket.write(text);
		let heard = '';
		for await (const chunk of socket.iterator({destroyOnReturn: false})) {
			heard += String(chunk);
			const found = typeof end === 'string' ? (heard.includes(end) ? [end] : null) : end.exec(heard);
			if (found !== null) return found;
			if (/<failure|<stream:error/v.test(heard)) break;
		}

		throw new Error(`the XMPP server refuses: ${heard}`);
	};
}

function hmac(key: Buffer, text: string): Buffer {
	return createHmac('sha1', key).update(text).digest();
}

function base64(text: string): string {
	return Buffer.from(text).toString('base64');
}
