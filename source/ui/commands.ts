// The slash commands, as one table: for running, completing and the help.
import {catalogue} from '../catalogue/catalogue.ts';
import {typedTalk} from '../client/facade.ts';
import {otherIn, talkWith} from '../client/snapshot.ts';
import {type ScreenControls} from './screen-controls.ts';
import {confirmOverlay} from './overlays/confirm.ts';
import {trustQuestion} from './overlays/questions.ts';
import {directoryOverlay} from './overlays/directory-overlay.ts';
import {linkOverlay} from './overlays/offered-link.ts';
import {askToAccept, openDevices, removeQuestion, roleQuestion} from './overlays/devices-overlay.ts';
import {deviceLabel} from './panes/device-news.ts';
import {doctorOverlay} from './overlays/doctor.ts';
import {helpOverlay} from './overlays/help.ts';
import {newerPasswordOverlay, passwordOverlay} from './overlays/password-overlay.ts';
import {recoveryOverlay, removedRecoveryOverlay} from './overlays/recovery-overlay.ts';
import {searchOverlay} from './overlays/search-overlay.ts';
import {settingsOverlay} from './overlays/settings-overlay.ts';
import {verifyOverlay} from './overlays/verify.ts';
import {type SlashCommand, slashCommand} from './slash-command.ts';
import {safeName} from './text/safe.ts';
import {clockText, dayText} from './text/time.ts';
import {withNewcomer} from './newcomer.ts';
import {reconnect} from './reconnect.ts';
import {FILE_COMMANDS} from './file-commands.ts';
import {MESSAGE_COMMANDS} from './message-commands.ts';
import {themeNames} from './theme.ts';

export const SLASH_COMMANDS: readonly SlashCommand[] = [
	slashCommand('msg', (screen, rest) => {
		const [typed, text] = split(rest);
		if (typed === '') return screen.tell(catalogue.notices.usage.msg);
		return withNewcomer(screen, typed, name => {
			const conversation = talkWith(screen.client.addContact(name));
			if (text !== '') screen.send(conversation, text);
			screen.open(conversation);
		});
	}),
	slashCommand('add', (screen, rest) => {
		if (rest === '') return screen.tell(catalogue.notices.usage.add);
		return withNewcomer(screen, rest, name => screen.open(talkWith(screen.client.addContact(name))));
	}),
	slashCommand('remove', (screen, rest) =>
		withSomebody(screen, rest, name => {
			screen.show(
				confirmOverlay({
					words: catalogue.decisions.remove(safeName(name)),
					keep: catalogue.decisions.keepInList(safeName(name)),
					choices: [
						{label: catalogue.decisions.takeOffList(safeName(name)), act: ({client}) => client.removeContact(name)},
					],
				}),
			);
		}),
	),
	slashCommand('block', (screen, rest) => {
		const block = (name: string) => {
			const isBlocked = contact(screen, name)?.blocked === true;
			screen.client.block(name, !isBlocked);
			screen.tell((isBlocked ? catalogue.notices.unblocked : catalogue.notices.blocked)(name));
		};

		return rest === '' ? withSomebody(screen, '', block) : withNewcomer(screen, rest, block);
	}),
	slashCommand('verify', (screen, rest) =>
		withSomebody(screen, rest, name => screen.show(verifyOverlay(name, screen.client.safetyNumber(name)))),
	),
	slashCommand('trust', (screen, rest) =>
		withSomebody(screen, rest, name => {
			if (contact(screen, name)?.identity !== 'changed') return screen.tell(catalogue.notices.keyUnchanged(name));
			screen.show(trustQuestion(name));
		}),
	),
	slashCommand('accept', (screen, rest) =>
		withSomebody(screen, rest, name => {
			if (contact(screen, name)?.request !== true) return screen.tell(catalogue.notices.noRequest(name));
			screen.client.accept(name);
			screen.tell(catalogue.notices.accepted(name));
		}),
	),
	slashCommand('nick', (screen, rest) =>
		withSomebody(screen, '', name => {
			screen.client.setNickname(name, rest === '' ? undefined : rest);
			screen.tell(rest === '' ? catalogue.notices.noNickname(name) : catalogue.notices.nickname(name, rest));
		}),
	),
	slashCommand('devices', (screen, rest) => {
		if (rest === '') return openDevices(screen);
		if (rest === 'add' || rest === 'add --keeper') {
			return screen.show(linkOverlay(screen, rest === 'add' ? 'device' : 'keeper', openDevices));
		}

		const [act, named] = split(rest);
		const {devices} = screen.client;
		const [device, label] = split(named);
		if (act === 'remove' && named !== '') return screen.show(removeQuestion(devices.meant(named)));
		if (act === 'accept' && named === '') return void askToAccept(screen);
		if (act === 'role' && (label === 'keeper' || label === 'device'))
			return screen.show(roleQuestion(devices.meant(device), label));
		if (act !== 'rename' || label === '') return screen.tell(catalogue.notices.usage.devices);
		const {id} = devices.meant(device);
		devices.rename(id, label);
		screen.tell(catalogue.devices.renamed(deviceLabel(devices.meant(id))));
	}),
	slashCommand('away', (screen, rest) => {
		screen.client.setAway(rest === '' ? undefined : rest);
		screen.tell(rest === '' ? catalogue.notices.back : catalogue.notices.away(rest));
	}),
	...MESSAGE_COMMANDS,
	...FILE_COMMANDS,
	slashCommand('retry', (screen, rest) =>
		withSomebody(screen, rest, name => {
			for (const {id, state} of screen.client.snapshot().conversations.get(typedTalk(name))?.messages ?? []) {
				if (state === 'failed') screen.client.retry(id);
			}
		}),
	),
	slashCommand('mute', (screen, rest) =>
		withSomebody(screen, rest, name => {
			const conversation = typedTalk(name);
			const isMuted = screen.isMuted(conversation);
			screen.mute(conversation, !isMuted);
			screen.tell((isMuted ? catalogue.notices.unmuted : catalogue.notices.muted)(name));
		}),
	),
	slashCommand('who', async (screen, rest) => {
		const found = await screen.client.search(rest.toLowerCase());
		if (found.names.length === 0) screen.tell(catalogue.notices.noNameBegins(rest));
		else screen.show(directoryOverlay(rest, found));
	}),
	slashCommand('search', (screen, rest) =>
		screen.show(searchOverlay(screen, rest === '' ? screen.conversation : undefined, rest)),
	),
	slashCommand('theme', (screen, rest) => {
		const names = themeNames(screen.preferences);
		if (names.includes(rest)) screen.prefer({theme: rest});
		else screen.tell(catalogue.notices.themes(names.join(', ')));
	}),
	slashCommand('settings', screen => screen.show(settingsOverlay(screen.preferences))),
	slashCommand('password', screen => {
		const {connection} = screen.client.snapshot();
		const isNewer = connection.state === 'stopped' && connection.problem === 'credentials';
		screen.show(isNewer ? newerPasswordOverlay() : passwordOverlay());
	}),
	slashCommand('recovery', async (screen, rest) => {
		if (rest === 'remove') return screen.show(removedRecoveryOverlay());
		const {recovery} = screen.client;
		const [name, latest] = [recovery.account?.name ?? '', recovery.made.at(-1)];
		const created = await recovery.create();
		const advice =
			latest === undefined ? '' : catalogue.recovery.thereAlready(`${dayText(latest)} ${clockText(latest)}`);
		screen.show(recoveryOverlay({...created, name, advice}));
	}),
	slashCommand('doctor', (screen, rest) => {
		if (rest !== '' && rest !== '--verbose') return screen.tell(catalogue.notices.usage.doctor);
		screen.show(doctorOverlay(screen.client.diagnose(), {now: screen.now, isVerbose: rest !== ''}));
	}),
	slashCommand('reconnect', screen => reconnect(screen)),
	slashCommand('help', screen => screen.show(helpOverlay(screen.keymap, SLASH_COMMANDS))),
	slashCommand('quit', screen => screen.quit()),
];

export type Typed<Command = SlashCommand> =
	| {readonly kind: 'message'; readonly text: string}
	| {readonly kind: 'command'; readonly command: Command; readonly rest: string}
	| {readonly kind: 'unknown'; readonly name: string};

/** What a draft is: `//` begins a message with a slash. */
export function readDraft(draft: string): Typed {
	return readWith(SLASH_COMMANDS, draft);
}

/** The same with other commands. */
export function readWith<Command extends {readonly name: string}>(
	commands: readonly Command[],
	draft: string,
): Typed<Command> {
	if (draft.startsWith('//')) return {kind: 'message', text: draft.slice(1)};
	if (!draft.startsWith('/')) return {kind: 'message', text: draft};
	const [name, rest] = split(draft.slice(1));
	const command = commands.find(known => known.name === name);
	return command === undefined ? {kind: 'unknown', name} : {kind: 'command', command, rest};
}

/** What the word before the cursor may be completed to: commands after a slash, else names. */
export function completions(beforeCursor: string, names: readonly string[]): {word: string; fits: readonly string[]} {
	const word = /\S*$/.exec(beforeCursor)?.[0] ?? '';
	if (word === beforeCursor && /^\/[a-z]*$/.test(word)) {
		return {word, fits: SLASH_COMMANDS.map(({name}) => `/${name}`).filter(name => name.startsWith(word))};
	}

	const start = word.replace(/^@/, '').toLowerCase();
	if (start === '') return {word, fits: []};
	const sign = word.startsWith('@') ? '@' : '';
	return {word, fits: names.filter(name => name.startsWith(start)).map(name => `${sign}${name}`)};
}

/** The longest beginning that all `words` share. */
export function sharedStart([first = '', ...others]: readonly string[]): string {
	let length = first.length;
	for (const word of others) while (!word.startsWith(first.slice(0, length))) length--;
	return first.slice(0, length);
}

/** Calls `act` with the name that is typed, or else that of whom the open conversation is with; says what is wrong when there is none in the list. */
export function withSomebody(screen: ScreenControls, rest: string, act: (name: string) => void): void {
	const {conversation} = screen;
	const name = rest.replace(/^@/, '').toLowerCase() || (conversation && otherIn(conversation));
	if (name === undefined) return screen.tell(catalogue.notices.nameSomebody);
	if (contact(screen, name) === undefined) return screen.tell(catalogue.notices.notInList(name));
	act(name);
}

function contact(screen: ScreenControls, name: string) {
	return screen.client.snapshot().contacts.find(known => known.name === name);
}

/** The first word, and what follows it. */
function split(text: string): [string, string] {
	const [, word = '', rest = ''] = /^\s*(\S*)\s*([^]*)$/.exec(text) ?? [];
	return [word, rest.trim()];
}
