// What is done about files: offering them, getting one, declining and stopping it; by slash commands, and by keys on a message.
import {stat} from 'node:fs/promises';
import path from 'node:path';
import {catalogue} from '../catalogue/catalogue.ts';
import {type ConversationId, type Message, otherIn, transferKey} from '../client/snapshot.ts';
import {confirmOverlay} from './overlays/confirm.ts';
import {keyRefusal, requestRefusal} from './overlays/not-sent.ts';
import {quote} from './overlays/questions.ts';
import {
	type OfferMessage,
	type OfferState,
	canGet,
	fileName,
	offerState,
	hasFile,
	refusalOf,
} from './panes/offer-state.ts';
import {type ScreenControls} from './screen-controls.ts';
import {undecidedAbout} from './screens/talk-view.ts';
import {type SlashCommand, slashCommand} from './slash-command.ts';
import {errorWords} from './text/error-words.ts';
import {sizeText} from './text/file-size.ts';
import {homePath} from './text/home-path.ts';
import {safeName} from './text/safe.ts';
import {absolutePathOf, shellWords} from './text/typed-paths.ts';

/** Bytes from which on reading a file takes so long that it is told. */
const LARGE = 16_000_000;

/** How it stands with the file of a message. */
export function stateIn({client}: Pick<ScreenControls, 'client'>, message: OfferMessage): OfferState {
	return offerState(message, client.snapshot().transfers?.get(transferKey({...message, message})));
}

/** Whether files may go either way: says what has to be decided before, otherwise. */
function isDecided(screen: ScreenControls, conversation: ConversationId): boolean {
	const undecided = undecidedAbout(screen.client.snapshot(), conversation);
	if (undecided === undefined) return true;
	screen.show((undecided === 'key' ? keyRefusal : requestRefusal)(otherIn(conversation)));
	return false;
}

/** Offers files, one after the other. False when something has to be decided first. Rejects when none could be offered. */
export async function offerFiles(
	screen: ScreenControls,
	conversation: ConversationId,
	files: readonly string[],
): Promise<boolean> {
	if (!isDecided(screen, conversation)) return false;
	const problems: unknown[] = [];
	for (const file of files) {
		try {
			await offerOne(screen, conversation, file);
		} catch (error) {
			problems.push(error);
		}
	}

	screen.client.reconnect();
	if (problems.length === files.length) throw problems[0];
	if (problems.length > 0) screen.tell(problems.map(errorWords).join('; '));
	return true;
}

/** The screen goes on while a large one is read. */
async function offerOne(screen: ScreenControls, conversation: ConversationId, file: string): Promise<void> {
	const {size} = await stat(file).catch(() => ({size: 0}));
	const isLarge = size >= LARGE;
	if (isLarge) screen.tell(catalogue.notices.readingFile(safeName(path.basename(file)), sizeText(size)));
	await screen.client.files.offer(conversation, file);
	if (isLarge) screen.tell('');
}

export async function getFile(screen: ScreenControls, message: OfferMessage): Promise<void> {
	const {conversation, id} = message;
	const state = stateIn(screen, message);
	if (!isDecided(screen, conversation)) return;
	const {fileIsHere, fileComes, fileStopped, gettingFile} = catalogue.notices;
	if (state.kind === 'done' && state.path !== undefined) return screen.tell(fileIsHere(homePath(state.path)));
	if (state.kind === 'stopped' && state.by === 'in') return screen.tell(fileStopped(otherIn(conversation)));
	if (!canGet(message, state) && state.kind !== 'done') return screen.tell(fileComes);
	await screen.client.files.take(conversation, id);
	screen.tell(gettingFile(fileName(message)));
}

/** Declines a file, or asks whether it is to be stopped. */
export function refuseFile(screen: ScreenControls, message: OfferMessage, refusal: 'decline' | 'stop'): void {
	const {conversation, direction, id} = message;
	const {stopTheirs, stopOurs, goOn, stopIt} = catalogue.decisions;
	if (refusal === 'stop') {
		const quoted = quote(fileName(message));
		const words = direction === 'in' ? stopTheirs(quoted) : stopOurs(quoted, safeName(otherIn(conversation)));
		const act = ({client}: ScreenControls) => client.files.stop(conversation, {direction, id});
		return screen.show(confirmOverlay({words, keep: goOn, choices: [{label: stopIt, act}]}));
	}

	if (!isDecided(screen, conversation)) return;
	screen.client.files.decline(conversation, id);
	screen.tell(catalogue.notices.declinedFile(fileName(message)));
}

/** The file that is meant: of the message that is replied to, of a name, or else the newest that `fits`; says so when there is none. */
function meant(
	screen: ScreenControls,
	typed: string,
	{fits, none}: {readonly fits: (message: OfferMessage) => boolean; readonly none: string},
): OfferMessage | undefined {
	const {target, messages} = screen;
	const files = messages.filter(hasFile);
	if (typed !== '') {
		const [word = typed] = shellWords(typed) ?? [];
		const isCalled = (message: OfferMessage) => [typed, word].includes(fileName(message));
		const isLike = (message: OfferMessage) => fileName(message).toLowerCase().includes(typed.toLowerCase());
		const named =
			files.findLast(message => isCalled(message) && fits(message)) ??
			files.findLast(isCalled) ??
			files.findLast(message => isLike(message) && fits(message));
		if (named === undefined) screen.tell(catalogue.notices.noFileCalled(safeName(typed)));
		return named;
	}

	const isTarget = ({id, direction}: Message) => id === target?.message.id && direction === target.message.direction;
	const found = files.find(isTarget) ?? files.findLast(fits);
	if (found === undefined) screen.tell(none);
	return found;
}

export const FILE_COMMANDS: readonly SlashCommand[] = [
	slashCommand('send', async (screen, rest) => {
		const {conversation} = screen;
		if (conversation === undefined) return screen.tell(catalogue.notices.noConversation);
		const whole = absolutePathOf(rest.trim());
		// A path that was typed as it is, with spaces in it, is one.
		const isWhole = rest.trim() !== '' && (await stat(whole).catch(() => undefined)) !== undefined;
		const words = shellWords(rest);
		if (!isWhole && (words === undefined || words.length === 0)) return screen.tell(catalogue.notices.usage.send);
		const files = isWhole ? [whole] : (words ?? []).map(word => absolutePathOf(word));
		if (!(await offerFiles(screen, conversation, files))) screen.write(`/send ${rest}`);
	}),
	slashCommand('get', async (screen, rest) => {
		const fits = (message: OfferMessage) => canGet(message, stateIn(screen, message));
		const message = meant(screen, rest, {fits, none: catalogue.notices.noFileOffered});
		if (message === undefined) return;
		if (message.direction === 'out') return screen.tell(catalogue.notices.noFileOffered);
		await getFile(screen, message);
	}),
	slashCommand('decline', (screen, rest) => {
		const fits = (message: OfferMessage) => refusalOf(message, stateIn(screen, message)) === 'decline';
		const message = meant(screen, rest, {fits, none: catalogue.notices.noFileOffered});
		if (message === undefined) return;
		if (!fits(message)) return screen.tell(catalogue.notices.noFileOffered);
		refuseFile(screen, message, 'decline');
	}),
	slashCommand('stop', (screen, rest) => {
		const fits = (message: OfferMessage) => refusalOf(message, stateIn(screen, message)) === 'stop';
		const message = meant(screen, rest, {fits, none: catalogue.notices.noFileUnderWay});
		if (message === undefined) return;
		if (!fits(message)) return screen.tell(catalogue.notices.noFileUnderWay);
		refuseFile(screen, message, 'stop');
	}),
];
