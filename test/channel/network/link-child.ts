// A process on a link of its own. `hear`: answers each call from its own socket. `call`: calls, and writes back to whoever answered.
import {networkInterfaces} from 'node:os';
import process from 'node:process';
import {openDatagramSocket} from '../../../source/channel/datagram-socket.ts';
import {linksOf, openLinkSocket} from '../../../source/channel/network/link-socket.ts';

const tell = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
const isCaller = process.argv[2] === 'call';
const own = await openDatagramSocket((datagram, from) => {
	tell({own: datagram.toString(), host: from.host});
	if (isCaller) own.send(Buffer.from('thanks'), from);
});
const link = await openLinkSocket((datagram, from) => {
	// Its own call comes back to it as well.
	if (from.port === own.port) return;
	tell({call: datagram.toString(), host: from.host});
	own.send(Buffer.from('here'), from);
});
const links = linksOf(networkInterfaces());
link.join(links);
if (isCaller) for (const {group, via} of links) own.sendToGroup(Buffer.from('call'), group, via);
tell({ready: links.length, errors: [...link.errors, ...own.errors]});
// Until standard input ends.
for await (const _ of process.stdin);
link.close();
own.close();
