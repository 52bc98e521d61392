// The types of simchat/bot, without a package behind them: those of events from their schema, and the rest as it stands in chat.ts.
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {eventSchema} from '../event-schema.ts';

/** As much of JSON Schema as the events take. */
type Schema = {
	readonly $ref?: string;
	readonly type?: string | readonly string[];
	readonly const?: unknown;
	readonly enum?: readonly unknown[];
	readonly anyOf?: readonly Schema[];
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly required?: readonly string[];
	readonly description?: string;
};

const PLAIN: Readonly<Record<string, string>> = {
	string: 'string',
	integer: 'number',
	number: 'number',
	boolean: 'boolean',
	null: 'null',
};

/** Puts `bot.d.ts`, and `events.d.ts` with what it refers to, into `folder`. Call it from the root of the project. */
export async function writeBotTypes(folder: string): Promise<void> {
	const chat = await readFile('source/cli/bot/chat.ts', 'utf8');
	await mkdir(folder, {recursive: true});
	await writeFile(path.join(folder, 'bot.d.ts'), chat.replaceAll("'../events.ts'", "'./events.js'") + REEXPORT);
	await writeFile(path.join(folder, 'events.d.ts'), eventTypes());
}

const REEXPORT = "export {type ChatEvent, type EventOf, type EventType} from './events.js';\n";

function eventTypes(): string {
	const kinds = Object.values(eventSchema()['$defs'] as Readonly<Record<string, Schema>>);
	return [
		`export type ChatEvent =\n\t${kinds.map(kind => `${commentOf(kind)}\n\t| ${typeOf(kind, '\n\t\t\t')}`).join('\n\t')};`,
		"export type EventType = ChatEvent['type'];",
		'/** Of one kind. */',
		'export type EventOf<Type extends EventType> = Extract<ChatEvent, {readonly type: Type}>;',
		'',
	].join('\n');
}

/** `space` stands before each field. Throws TypeError for what events have not had until now. */
function typeOf(schema: Schema, space = ' '): string {
	const {const: only, enum: values, anyOf, properties, type} = schema;
	if (only !== undefined) return JSON.stringify(only);
	if (values !== undefined) return values.map(value => JSON.stringify(value)).join(' | ');
	if (anyOf !== undefined) return anyOf.map(each => typeOf(each)).join(' | ');
	if (properties !== undefined) {
		const fields = Object.entries(properties).map(([name, field]) => {
			const isThere = schema.required?.includes(name) === true;
			const comment = commentOf(field);
			const between = comment === '' ? '' : space;
			return `${space}${comment}${between}readonly ${name}${isThere ? '' : '?'}: ${typeOf(field)};`;
		});
		return `{${fields.join('')}${space.slice(0, -1)}}`;
	}

	const plain = [type ?? []].flat().map(each => PLAIN[each]);
	if (plain.length === 0 || plain.includes(undefined)) throw new TypeError(`a new form: ${JSON.stringify(schema)}`);
	return plain.join(' | ');
}

function commentOf({description}: Schema): string {
	return description === undefined ? '' : `/** ${description} */`;
}
