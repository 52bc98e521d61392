// A member who says to the server what no client says: other people's addresses as its own, and introductions without end.
// Arguments: the server's IPv4 address, its port, its join link, the name. Orders come in as lines, see rogue-member.ts; each record
// of the server is a line out: its type and its body, in hex.
import {Buffer} from 'node:buffer';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {signUp} from '../../members/directory-client.ts';
import {openRecord} from '../../../source/protocol/login/records.ts';
import {FRAME} from '../../../source/wire/frame.ts';
import {encodeCandidates} from '../../../source/wire/messages/directory.ts';
import {encodeIntroduce} from '../../../source/wire/messages/introduce.ts';
import {type MemberOrder} from '../rogue-member.ts';

const [remote = '', port = '', joinLink = '', name = ''] = process.argv.slice(2);
const client = await signUp({address: {port: Number(port)}, joinLink, remote}, {name});
await client.register();
let request = 0;
createInterface({input: process.stdin}).on('line', line => {
	const order = JSON.parse(line) as MemberOrder;
	if (order.type === 'candidates') client.send(FRAME.candidates, encodeCandidates(order.addresses));
	else client.send(FRAME.introduce, encodeIntroduce({request: ++request, name: order.name, time: Date.now()}));
});
process.stdout.write('ready\n');
for (let frame = await client.frames.next(); frame !== undefined; frame = await client.frames.next()) {
	const body = openRecord(client.session.receive, frame) ?? Buffer.alloc(0);
	process.stdout.write(`${frame.type} ${body.toString('hex')}\n`);
}
