// A command that another simchat does is told of in the language that it was started in, whatever the other one speaks.
import test from 'ava';
import {catalogue, inEnglish, saying} from '../../source/catalogue/catalogue.ts';
import {en} from '../../source/catalogue/en/en.ts';
import {Client, openHandoverKey} from '../../source/client/facade.ts';
import {type CommandIo} from '../../source/cli/command-io.ts';
import {handOver} from '../../source/cli/handover/hand-over.ts';
import {holdFor} from '../../source/cli/handover/holder.ts';
import {type SharedTask} from '../../source/cli/shared-task.ts';
import {ToSend} from '../../source/cli/to-send.ts';
import {pseudo, pseudoText, speakPseudo} from '../catalogue/pseudo.ts';
import {password, profileOf, refusal} from './handover-sides.ts';

speakPseudo();

test('a command in English is told of in English by a simchat that speaks another language', async t => {
	const folder = await profileOf(t);
	const client = Client.open({folder});
	const holder = await holdFor(client, folder);
	t.teardown(async () => {
		holder.close();
		await client.close();
	});
	await client.signIn(password);
	const key = await openHandoverKey(folder, password);
	const said: string[] = [];
	const io: CommandIo = {
		print: async line => void said.push(line),
		write: async text => void said.push(text),
		complain: words => said.push(words),
		askYes: async question => void said.push(question),
		newWords: async () => undefined,
		toSend: new ToSend(async () => 'hello'),
		stop: new AbortController().signal,
	};
	const inOther = async (task: SharedTask) => handOver({folder, task, key, io});
	const words = async (task: SharedTask) => (await refusal(inOther(task))).message;

	const send = {kind: 'send', name: 'bob', waitMs: 0} as const;
	t.regex(await inEnglish(async () => words(send)), /^not delivered yet: /);
	const forget = {kind: 'forget', name: 'bob', isSure: false} as const;
	t.regex(await inEnglish(async () => words(forget)), /^there is no terminal to ask on/);
	t.is(said.pop(), 'Take 2 messages with bob off this disk for good? Type yes: ');
	await inEnglish(async () => inOther({kind: 'check'}));
	t.is(said.pop(), 'the history is sound\n');
	await inEnglish(async () => inOther({kind: 'contacts', json: false}));
	t.regex(said.pop() ?? '', /^bob {2}unknown {2}key unknown {2}1 unread {2}1 not delivered\n$/);

	// A language that this simchat does not have: it speaks its own.
	await saying({...pseudo(), language: 'xx'}, async () => inOther({kind: 'check'}));
	t.is(said.pop(), `${pseudoText('the history is sound')}\n`);
});

const hello = () => catalogue.demo.hello;

test('what is said for one is not said so for another, and ends with what was done for it', async t => {
	const turn = Promise.withResolvers<void>();
	const english = inEnglish(async () => {
		await turn.promise;
		return hello();
	});
	t.is(hello(), pseudoText(en.demo.hello));
	turn.resolve();
	t.is(await english, en.demo.hello);
	t.is(hello(), pseudoText(en.demo.hello));
});
