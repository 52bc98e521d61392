// All test values of the protocol, as the appendix of docs/protocol.md, and where in the document they stand.
import {Buffer} from 'node:buffer';
import {bodiesSection} from './bodies.ts';
import {alice, bob, castSection} from './cast.ts';
import {devicesSection} from './devices.ts';
import {directorySection} from './directory.ts';
import {filesSection} from './files.ts';
import {accountOf, loginRun} from './login.ts';
import {primitivesSection} from './primitives.ts';
import {sessionSections} from './session.ts';

/** The document that ends in the test values. */
export const PAGE = new URL('../../docs/protocol.md', import.meta.url);

const BEGIN = '<!-- test values begin -->\n';
const END = '<!-- test values end -->\n';

/** Everything between the two marks, the same in every run. */
export async function testValues(): Promise<string> {
	const his = await loginRun(
		'A.3 Bob registers and signs in',
		'Registration with the invite code “invite-code”, then AUTH in the same run. Difficulty 0.',
		bob,
		0,
	);
	const hers = await loginRun(
		'A.4 Alice signs in',
		'She has an account, whose salt is sixteen bytes 5a. Difficulty 16.',
		alice,
		16,
		await accountOf(alice, Buffer.alloc(16, 0x5a)),
	);
	const {section, grant} = directorySection(hers, his);
	const sections = [
		await primitivesSection(),
		castSection(),
		his.section,
		hers.section,
		bodiesSection(),
		section,
		...(await sessionSections(grant, his.client)),
		devicesSection(),
		filesSection(),
	];
	return `\n${sections.join('\n')}\n`;
}

/** The document's test values as they stand there. Throws when a mark is missing. */
export function valuesIn(document: string): string {
	const [from, to] = place(document);
	return document.slice(from, to);
}

export function withValues(document: string, values: string): string {
	const [from, to] = place(document);
	return document.slice(0, from) + values + document.slice(to);
}

function place(document: string): [from: number, to: number] {
	const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
	if (begin < 0 || end < begin) throw new Error('the document has no place for test values between two marks');
	return [begin + BEGIN.length, end];
}
