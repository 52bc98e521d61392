// Somebody in a neighbourhood whose simchat is another build: says whatever bytes a test wants, and keeps what is said to it.
import {type Buffer} from 'node:buffer';
import {type Content, decodeContent} from '../../source/content/content.ts';
import {Talk} from '../../tools/members/talk.ts';
import {type Neighbourhood, type Person} from './neighbourhood.ts';

export type OtherBuild = {
	readonly say: (...contents: readonly Buffer[]) => void;
	/** What has been said to it, in order. */
	readonly heard: Content[];
};

/** Opens a session with `to`; it is left when the town closes. */
export async function otherBuild(town: Neighbourhood, name: string, to: Person): Promise<OtherBuild> {
	const person = town.join(name);
	const {endpoint} = person;
	endpoint.close();
	const heard: Content[] = [];
	const grant = town.introduce(person, to.name);
	if (typeof grant !== 'object' || !('identityKey' in grant)) throw new Error('nobody was introduced');
	const talk = await Talk.start({
		local: person.local,
		name: to.name,
		grant,
		index: 1,
		transmit: (datagram, address) => town.carry(datagram, person.address, address),
		onContent: messages =>
			heard.push(...messages.map(bytes => decodeContent(bytes)).filter(content => content !== undefined)),
	});
	person.endpoint = {
		channel: device => endpoint.channel(device),
		receive: (datagram, from) => talk.receive(datagram, from),
		close: () => talk.close(),
	};
	await talk.stands();
	return {
		heard,
		say(...contents) {
			for (const content of contents) talk.say(content);
		},
	};
}
