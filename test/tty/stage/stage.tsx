// The real screen on this process's terminal, with a client whose contents a test decides: a scene by name, and then what the
// test says over a socket, a line at a time. It speaks the language of LC_ALL. Without a scene each line that is typed names one, and
// its look, until a line is empty: they are shown one after the other, as by somebody who leaves and starts again.
import {type EventEmitter} from 'node:events';
import {connect} from 'node:net';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {setTimeout as pause} from 'node:timers/promises';
import {speak} from '../../../source/catalogue/catalogue.ts';
import {languageOf} from '../../../source/catalogue/language.ts';
import {isUtf8Locale} from '../../../source/os/locale.ts';
import {type Contact, type Conversation, type Message, type Snapshot} from '../../../source/client/snapshot.ts';
import {runScreen} from '../../../source/ui/run-screen.tsx';
import {speakPseudo} from '../../catalogue/pseudo.ts';
import {NOW, SCENES, type SceneName} from './scenes.ts';
import {ASKED} from './sheet.ts';

/** How often it is looked for what was typed, ms. */
const LOOK_MS = 10;

/**
 * `say` adds messages, `put` replaces parts of the snapshot, `contact` parts of a contact, `conversation` a conversation;
 * `busy` does nothing for some ms once a key was read, and lets nothing else be done; `fail` breaks the next drawing.
 */
export type Cue =
	| {readonly kind: 'say'; readonly messages: readonly Message[]}
	| {readonly kind: 'put'; readonly part: Pick<Partial<Snapshot>, 'connection' | 'account' | 'contacts'>}
	| {readonly kind: 'contact'; readonly name: string; readonly part: Partial<Contact>}
	| {readonly kind: 'conversation'; readonly conversation: Conversation}
	| {readonly kind: 'busy'; readonly ms: number}
	| {readonly kind: 'fail'};

const [scene = '', ownLook = 'terminal', socket] = process.argv.slice(2);
let client = SCENES[scene === '' ? 'chat' : (scene as SceneName)]();
// As the real one's connections do, it keeps the process going until the screen is left.
setInterval(() => {}, 60_000);

if (socket !== undefined) {
	const wire = connect(socket);
	wire.unref();
	createInterface({input: wire}).on('line', line => {
		take(JSON.parse(line) as Cue);
		wire.write(`${JSON.stringify(client.asked)}\n`);
	});
}

function take(cue: Cue): void {
	const {contacts, conversations} = client.snapshot();
	switch (cue.kind) {
		case 'say':
			for (const each of cue.messages) client.say(each);
			break;
		case 'put':
			client.put(cue.part);
			break;
		case 'contact':
			client.put({contacts: contacts.map(each => (each.name === cue.name ? {...each, ...cue.part} : each))});
			break;
		case 'conversation': {
			const {conversation} = cue;
			client.put({conversations: new Map(conversations).set(conversation.id, conversation)});
			break;
		}

		case 'busy':
			process.stdin.once('data', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, cue.ms));
			break;
		default: {
			// A contact that cannot be read: drawing it throws.
			const broken = new Proxy(contacts[0]!, {
				get() {
					throw new Error('broken on purpose');
				},
			});
			client.put({contacts: [broken]});
		}
	}
}

const now = scene === 'looking' ? () => NOW + performance.now() : () => NOW;
/** What is typed on a terminal that was given back, once it was asked for: what is typed before may still be the former screen's. */
async function typedLine(): Promise<string> {
	const {stdin, stdout} = process;
	let typed = '';
	const add = (chunk: unknown) => (typed += String(chunk));
	stdin.on('data', add);
	stdout.write(`\r\n${ASKED}`);
	while (!typed.includes('\n')) {
		// A screen that was left may let go of the terminal late.
		stdin.ref().resume();
		await pause(LOOK_MS);
	}

	stdin.off('data', add);
	return typed.replaceAll(/\p{Cc}/gu, '');
}

const HEARD = [process, process.stdin, process.stdout];

/** What is listened to now. A screen goes on to listen until its process ends: all but these are taken off before another is shown. */
function listeners(): ReadonlySet<unknown> {
	return new Set(HEARD.flatMap(emitter => emitter.eventNames().flatMap(name => emitter.rawListeners(name))));
}

function stopListening(but: ReadonlySet<unknown>): void {
	for (const emitter of HEARD as readonly EventEmitter[]) {
		for (const name of emitter.eventNames()) {
			for (const listener of emitter.rawListeners(name)) {
				if (!but.has(listener)) emitter.off(name, listener as () => void);
			}
		}
	}
}

/** A theme by its name; what NO_COLOR leaves of the terminal's; or that one in the language of a locale, `de.UTF-8`. */
async function show(look: string): Promise<void> {
	const isLocale = look.endsWith('.UTF-8');
	const isColourless = look === 'NO_COLOR';
	const env = {...process.env, ...(isLocale && {LC_ALL: look}), ...(isColourless && {NO_COLOR: '1'})};
	// No language (ISO 639-2: zxx) is English in other letters.
	if (env['LC_ALL']?.startsWith('zxx') === true) speakPseudo();
	else await speak(languageOf(env, isUtf8Locale(env)));
	client.setPreferences({theme: isColourless || isLocale ? 'terminal' : look});
	await runScreen({client, stdin: process.stdin, stdout: process.stdout, env, now, hostName: 'desk'});
}

try {
	if (scene === '') {
		const before = listeners();
		for (let line = await typedLine(); line !== ''; line = await typedLine()) {
			const [name, look = ''] = line.split(' ');
			client = SCENES[name as SceneName]();
			await show(look);
			stopListening(before);
		}
	} else {
		await show(ownLook);
	}
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
process.exit();
