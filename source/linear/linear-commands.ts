// The slash commands of the linear client: those of the screen, which do here what they do there, with lines in place of overlays.
import {findingsOf, nextStep, typedTalk} from '../client/facade.ts';
import {contactIn, otherIn, talkWith} from '../client/snapshot.ts';
import {PROBLEM_WORDS} from '../cli/report.ts';
import {SLASH_COMMANDS, withSomebody} from '../ui/commands.ts';
import {mentionCount} from '../ui/panes/mention-count.ts';
import {type LinearCommand, type LinearControls} from './linear-controls.ts';
import {contactWords, failureWords, quoted, unreadWords} from './linear-words.ts';

/** Messages that /last repeats unless told otherwise, and at most. */
const LAST = 10;
const LAST_LIMIT = 200;
/** Messages that /search says at most: more words find fewer. */
const FOUND_LIMIT = 20;
const NOTHING_UNREAD = 'nothing is unread';

/** Of no use without a screen. */
const FOR_THE_SCREEN: ReadonlySet<string> = new Set(['raw', 'theme', 'settings']);

const OWN: readonly LinearCommand[] = [
	{
		name: 'open',
		words: '[NAME]',
		help: 'talk to NAME, or to who wrote and is not read yet; what is unread is read out',
		run(linear, rest) {
			const snapshot = linear.client.snapshot();
			if (rest !== '') {
				const conversation = typedTalk(rest.replace(/^@/, ''));
				if (contactIn(snapshot, conversation) !== undefined) return linear.open(conversation);
				return linear.tell(`${otherIn(conversation)} is not in your list: /add takes somebody into it`);
			}

			const unread = snapshot.contacts.filter(contact => contact.unread > 0 && !contact.blocked);
			const next = unread.find(contact => mentionCount(snapshot, contact) > 0) ?? unread[0];
			if (next === undefined) linear.tell(NOTHING_UNREAD);
			else linear.open(talkWith(next.name));
		},
	},
	{
		name: 'unread',
		words: '',
		help: 'who wrote what you have not read',
		run: linear => linear.tell(unreadWords(linear.client.snapshot().contacts) ?? NOTHING_UNREAD),
	},
	{
		name: 'last',
		words: '[COUNT]',
		help: `the last ${LAST} messages of this conversation, or as many as you say`,
		run(linear, rest) {
			const {conversation, client} = linear;
			const count = rest === '' ? LAST : Number(rest);
			if (!(count >= 1 && count <= LAST_LIMIT)) return linear.tell(`type it as /last 20, of ${LAST_LIMIT} at most`);
			if (conversation === undefined) return linear.tell('no conversation is open');
			if (linear.messages.length < count) client.loadOlder(conversation);
			const messages = linear.messages.slice(-Math.trunc(count));
			if (messages.length === 0) linear.tell('nothing was said here yet');
			else linear.recount(messages);
		},
	},
	{
		name: 'list',
		words: '',
		help: 'who is in your list, and how it stands with each',
		run(linear) {
			const {contacts} = linear.client.snapshot();
			if (contacts.length === 0) return linear.tell('nobody is in your list: /add NAME takes somebody in');
			const lines = contacts.map(contact => contactWords(contact, {isMuted: linear.isMuted(talkWith(contact.name))}));
			linear.say(...lines);
		},
	},
];

/** By name: what a command does here where the screen shows an overlay. */
const INSTEAD: Readonly<Record<string, Partial<LinearCommand> & Pick<LinearCommand, 'run'>>> = {
	verify: {run: (linear, rest) => withSomebody(linear, rest, name => verify(linear, name))},
	react: {
		words: 'EMOJI',
		run(linear, rest) {
			if (rest === '') return linear.tell('type it as /react :heart: or /react and an emoji');
			return SLASH_COMMANDS.find(({name}) => name === 'react')?.run(linear, rest);
		},
	},
	outbox: {run: outbox},
	search: {
		words: 'WORDS',
		run(linear, rest) {
			if (rest === '') return linear.tell('type it as /search WORDS');
			const found = linear.client.find(rest, {limit: FOUND_LIMIT});
			if (found.length === 0) return linear.tell('nothing was found');
			const {length} = found;
			linear.say(
				length === FOUND_LIMIT ? `The newest ${length}, the newest last:` : `${length} found, the newest last:`,
			);
			linear.recount(found.toReversed());
		},
	},
	who: {
		async run(linear, rest) {
			const {names, more} = await linear.client.search(rest.toLowerCase());
			if (names.length === 0) return linear.tell(`the directory knows no name that begins with ${rest}`);
			linear.say(...names.map(({name, online}) => `${name}, ${online ? 'online' : 'offline'}`));
			if (more) linear.tell('there are more: type more of the name');
		},
	},
	doctor: {
		words: '',
		help: 'what was tried to reach the directory and each contact, and what to do',
		run: doctor,
	},
	help: {words: '[COMMAND]', help: 'all commands, or what one of them does', run: help},
};

export const LINEAR_COMMANDS: readonly LinearCommand[] = [
	...OWN,
	...SLASH_COMMANDS.filter(({name}) => !FOR_THE_SCREEN.has(name)).map(command => ({
		...command,
		...INSTEAD[command.name],
	})),
];

/** Each group of digits is a line: a reader goes on and back by lines. */
function verify(linear: LinearControls, name: string): void {
	const {client} = linear;
	const digits = client.safetyNumber(name);
	if (digits === undefined) {
		return linear.tell(`there is no safety number before the first message: say something to ${name} first`);
	}

	const groups = digits.split(' ');
	linear.say(`The safety number with ${name}, in ${groups.length} lines:`, ...groups);
	linear.ask({
		words: `Compare it with ${name} in person or on the telephone, not in this chat. Match: nobody is intercepting. No match: someone may be. Do not write here.`,
		keep: 'not compared yet',
		choices: [
			{
				label: 'they match',
				act(screen) {
					if (client.safetyNumber(name) !== digits) {
						return screen.tell(`the key has changed meanwhile: /verify ${name} shows the new number`);
					}

					client.verify(name);
					screen.tell(`${name} is verified`);
				},
			},
		],
	});
}

function outbox(linear: LinearControls): void {
	const waiting = linear.client.outbox();
	if (waiting.length === 0) return linear.tell('everything has been delivered');
	linear.say(
		...waiting.map(message => {
			const {conversation, state, text} = message;
			const how = state === 'failed' ? `not sent, because ${failureWords(message)}` : 'waiting';
			return `to ${otherIn(conversation)}, ${how}: ${quoted(text)}`;
		}),
	);
}

/** Each finding says by itself what is wrong: marks would be read out as letters. */
function doctor(linear: LinearControls): void {
	const findings = findingsOf(linear.client.diagnose(), {problems: PROBLEM_WORDS, now: linear.now()});
	const grades = {good: '', plain: '', warning: 'take care, ', bad: 'PROBLEM, '};
	linear.say(
		...findings.map(
			({label, grade, words}) => `${label === '' ? '' : `${label}: `}${grades[grade]}${words.replaceAll(' · ', ', ')}`,
		),
		`next step: ${nextStep(findings) ?? 'none, there is nothing to mend here'}`,
	);
}

function lineOf({name, words, help: says}: LinearCommand): string {
	return `${`/${name} ${words}`.trim()}: ${says}`;
}

function help(linear: LinearControls, rest: string): void {
	const wanted = rest.replace(/^\//, '');
	const only = LINEAR_COMMANDS.find(({name}) => name === wanted);
	if (only !== undefined) return linear.say(lineOf(only));
	if (wanted !== '') return linear.tell(`there is no command /${wanted}: /help lists them`);
	linear.say(
		'What you type goes to the open conversation.',
		'// begins a message with a slash. An empty line is not sent.',
		'While a line is half typed nothing is said.',
		'What comes waits until you press Enter, or have erased the line.',
		...LINEAR_COMMANDS.map(lineOf),
	);
}
