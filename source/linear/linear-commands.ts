// The slash commands of the linear client: those of the screen, which do here what they do there, with lines in place of overlays.
import {findingsOf, nextStep, typedTalk} from '../client/facade.ts';
import {contactIn, otherIn, talkWith} from '../client/snapshot.ts';
import {problems} from '../cli/report.ts';
import {SLASH_COMMANDS, withSomebody} from '../ui/commands.ts';
import {stateIn} from '../ui/file-commands.ts';
import {mentionCount} from '../ui/panes/mention-count.ts';
import {canGet, hasFile, refusalOf} from '../ui/panes/offer-state.ts';
import {fileLine} from './offer-lines.ts';
import {type LinearCommand, type LinearControls} from './linear-controls.ts';
import {sayDevices, sayLink} from './linear-devices.ts';
import {contactWords, failureWords, quoted, unreadWords} from './linear-words.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Messages that /last repeats unless told otherwise, and at most. */
const LAST = 10;
const LAST_LIMIT = 200;
/** Messages that /search says at most: more words find fewer. */
const FOUND_LIMIT = 20;

/** Of no use without a screen. */
const FOR_THE_SCREEN: ReadonlySet<string> = new Set(['raw', 'theme', 'settings']);

const OWN: readonly LinearCommand[] = [
	{
		name: 'open',
		get words() {
			return catalogue.linearCommands.openWords;
		},
		get help() {
			return catalogue.linearCommands.openHelp;
		},
		run(linear, rest) {
			const snapshot = linear.client.snapshot();
			if (rest !== '') {
				const conversation = typedTalk(rest.replace(/^@/, ''));
				if (contactIn(snapshot, conversation) !== undefined) return linear.open(conversation);
				return linear.tell(catalogue.linearCommands.notInList(otherIn(conversation)));
			}

			const unread = snapshot.contacts.filter(contact => contact.unread > 0 && !contact.blocked);
			const next = unread.find(contact => mentionCount(snapshot, contact) > 0) ?? unread[0];
			if (next === undefined) linear.tell(catalogue.linearCommands.nothingUnread);
			else linear.open(talkWith(next.name));
		},
	},
	{
		name: 'unread',
		words: '',
		get help() {
			return catalogue.linearCommands.unreadHelp;
		},
		run: linear =>
			linear.tell(unreadWords(linear.client.snapshot().contacts) ?? catalogue.linearCommands.nothingUnread),
	},
	{
		name: 'last',
		get words() {
			return catalogue.linearCommands.lastWords;
		},
		get help() {
			return catalogue.linearCommands.lastHelp(LAST);
		},
		run(linear, rest) {
			const {conversation, client} = linear;
			const count = rest === '' ? LAST : Number(rest);
			if (!(count >= 1 && count <= LAST_LIMIT)) return linear.tell(catalogue.linearCommands.lastUsage(LAST_LIMIT));
			if (conversation === undefined) return linear.tell(catalogue.linearCommands.noneOpen);
			if (linear.messages.length < count) client.loadOlder(conversation);
			const messages = linear.messages.slice(-Math.trunc(count));
			if (messages.length === 0) linear.tell(catalogue.linearCommands.nothingSaid);
			else linear.recount(messages);
		},
	},
	{
		name: 'list',
		words: '',
		get help() {
			return catalogue.linearCommands.listHelp;
		},
		run(linear) {
			const {contacts} = linear.client.snapshot();
			if (contacts.length === 0) return linear.tell(catalogue.linearCommands.listEmpty);
			const lines = contacts.map(contact => contactWords(contact, {isMuted: linear.isMuted(talkWith(contact.name))}));
			linear.say(...lines);
		},
	},
	{
		name: 'files',
		words: '',
		get help() {
			return catalogue.linearCommands.filesHelp;
		},
		run(linear) {
			const {transfers} = linear.client.snapshot();
			const open = linear.messages.filter(hasFile).filter(message => {
				const state = stateIn(linear, message);
				return canGet(message, state) || refusalOf(message, state) !== undefined;
			});
			if (open.length === 0) return linear.tell(catalogue.linearCommands.noFiles);
			linear.say(...open.map(message => fileLine(message, transfers)));
		},
	},
];

/** By name: what a command does here where the screen shows an overlay. */
const INSTEAD: Readonly<Record<string, Partial<LinearCommand> & Pick<LinearCommand, 'run'>>> = {
	verify: {run: (linear, rest) => withSomebody(linear, rest, name => verify(linear, name))},
	react: {
		get words() {
			return catalogue.linearCommands.reactWords;
		},
		run(linear, rest) {
			if (rest === '') return linear.tell(catalogue.linearCommands.reactUsage);
			return SLASH_COMMANDS.find(({name}) => name === 'react')?.run(linear, rest);
		},
	},
	// What is typed into lines is seen.
	password: {run: linear => linear.tell(catalogue.password.notInLines)},
	recovery: {run: linear => linear.tell(catalogue.recovery.notInLines)},
	outbox: {run: outbox},
	search: {
		get words() {
			return catalogue.linearCommands.searchWords;
		},
		run(linear, rest) {
			if (rest === '') return linear.tell(catalogue.linearCommands.searchUsage);
			const found = linear.client.find(rest, {limit: FOUND_LIMIT});
			if (found.length === 0) return linear.tell(catalogue.linearCommands.nothingFound);
			const {length} = found;
			const {foundNewest, found: foundAll} = catalogue.linearCommands;
			linear.say(length === FOUND_LIMIT ? foundNewest(length) : foundAll(length));
			linear.recount(found.toReversed());
		},
	},
	who: {
		async run(linear, rest) {
			const {noNames, nameThere, moreNames} = catalogue.linearCommands;
			const {names, more} = await linear.client.search(rest.toLowerCase());
			if (names.length === 0) return linear.tell(noNames(rest));
			linear.say(...names.map(({name, online}) => nameThere(name, catalogue.presence[online ? 'online' : 'offline'])));
			if (more) linear.tell(moreNames);
		},
	},
	devices: {
		run(linear, rest) {
			if (rest === '') return sayDevices(linear);
			if (rest === 'add' || rest === 'add --keeper') return sayLink(linear, rest === 'add' ? 'device' : 'keeper');
			return SLASH_COMMANDS.find(({name}) => name === 'devices')?.run(linear, rest);
		},
	},
	doctor: {
		words: '',
		get help() {
			return catalogue.linearCommands.doctorHelp;
		},
		run: doctor,
	},
	help: {
		get words() {
			return catalogue.linearCommands.helpWords;
		},
		get help() {
			return catalogue.linearCommands.helpHelp;
		},
		run: help,
	},
};

/** With the words of the language that is spoken now. */
export function linearCommands(): readonly LinearCommand[] {
	const ofScreen = SLASH_COMMANDS.filter(({name}) => !FOR_THE_SCREEN.has(name));
	return [...OWN, ...ofScreen.map(command => ({...command, ...INSTEAD[command.name]}))];
}

/** Each group of digits is a line: a reader goes on and back by lines. */
function verify(linear: LinearControls, name: string): void {
	const {client} = linear;
	const {linearCommands: words} = catalogue;
	const digits = client.safetyNumber(name);
	if (digits === undefined) {
		return linear.tell(words.noSafetyNumber(name));
	}

	const groups = digits.split(' ');
	linear.say(words.safetyNumber(name, groups.length), ...groups);
	linear.ask({
		words: words.compare(name),
		keep: words.keepUncompared,
		choices: [
			{
				label: words.theyMatch,
				act(screen) {
					if (client.safetyNumber(name) !== digits) {
						return screen.tell(words.keyChangedMeanwhile(name));
					}

					client.verify(name);
					screen.tell(words.verified(name));
				},
			},
		],
	});
}

function outbox(linear: LinearControls): void {
	const waiting = linear.client.outbox();
	if (waiting.length === 0) return linear.tell(catalogue.linearCommands.allDelivered);
	linear.say(
		...waiting.map(message => {
			const {conversation, state, text} = message;
			const {outboxFailed, outboxWaiting} = catalogue.linearCommands;
			const name = otherIn(conversation);
			return state === 'failed'
				? outboxFailed(name, quoted(text), failureWords(message))
				: outboxWaiting(name, quoted(text));
		}),
	);
}

function asItIs(words: string): string {
	return words;
}

/** Each finding says by itself what is wrong: marks would be read out as letters. */
function doctor(linear: LinearControls): void {
	const findings = findingsOf(linear.client.diagnose(), {problems: problems(), now: linear.now()});
	const {finding: labelled, warning, problem, nextStep: stepWords, nothingToMend} = catalogue.linearCommands;
	const graded = {good: asItIs, plain: asItIs, warning, bad: problem};
	linear.say(
		...findings.map(({label, grade, words}) => {
			const said = graded[grade](words.replaceAll(' · ', ', '));
			return label === '' ? said : labelled(label, said);
		}),
		stepWords(nextStep(findings) ?? nothingToMend),
	);
}

function lineOf({name, words, help: says}: LinearCommand): string {
	return catalogue.linearCommands.help(`/${name} ${words}`.trim(), says);
}

function help(linear: LinearControls, rest: string): void {
	const wanted = rest.replace(/^\//, '');
	const only = linearCommands().find(({name}) => name === wanted);
	if (only !== undefined) return linear.say(lineOf(only));
	if (wanted !== '') return linear.tell(catalogue.linearCommands.noCommand(wanted));
	linear.say(...catalogue.linearCommands.helpIntro, ...linearCommands().map(lineOf));
}
