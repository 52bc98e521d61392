// What people do about messages and conversations: the one shape of all such contents, and what tells their kinds apart.
import * as z from 'zod/mini';
import {type Codec} from './codec.ts';
import {idField, namedField, timeField, wordsField} from './fields.ts';
import {type MessageReference, type StoredHead, namedOf, storedOf} from './message-reference.ts';

/** An act from farther ahead of server time than this waits until it is not: nobody's clock is more than this away from it, ms. */
export const AHEAD_MS = 60_000;

/** A message of its sender, of its receiver, of either; or the conversation, and no message. */
export type About = 'own' | 'others' | 'any' | 'conversation';

/**
 * text: it changes the message, and is its author's alone. mark: the latest of each side stands beside the message. reading: all up to
 * the message is read. setting: the latest of both sides holds for the conversation.
 */
export type Effect = 'text' | 'mark' | 'reading' | 'setting';

/** How the value of an act, which is a text everywhere else, stands on the wire. */
export type ValueField = {
	/** Whether an item of the wire may be one. */
	readonly accepts: (item: unknown) => boolean;
	readonly encode: (value: string) => unknown;
	readonly decode: (item: unknown) => string;
};

export type ActKind<Name extends string = string> = {
	readonly name: Name;
	/** The first item of the content. */
	readonly number: number;
	/** On this disk, for ever. */
	readonly row: number;
	readonly about: About;
	readonly effect: Effect;
	/** Undefined for an act that says all by its kind; its value is '' then. */
	readonly value: ValueField | undefined;
	/** The value that takes it back; undefined where nothing does. */
	readonly none: string | undefined;
	/** Of each side's acts on one message, or of settings on the conversation, only so many change anything: the latest. */
	readonly kept: number;
	/** What a program is told beside who, when and which message. */
	readonly event: (value: string) => Readonly<Record<string, unknown>>;
};

/** `target` is undefined for an act on the conversation. */
export type ActContent<Name extends string = string> = StoredHead & {
	kind: Name;
	target?: MessageReference;
	value: string;
};

/** A text as it is, of `limit` bytes of UTF-8 at most, that `isSound`. */
export function textValue(limit: number, isSound: (value: string) => boolean = () => true): ValueField {
	const field = wordsField(limit).check(z.refine(isSound));
	return {accepts: item => field.safeParse(item).success, encode: value => value, decode: String};
}

export function actCodec<Name extends string>({name, number, about, value}: ActKind<Name>): Codec<ActContent<Name>> {
	const target = {own: [idField], others: [idField], any: [namedField], conversation: []}[about];
	const head = z.tuple([z.literal(number), idField, timeField]);
	const items = [...head.def.items, ...target, ...(value === undefined ? [] : [z.custom(value.accepts)])];
	const schema = z.tuple(items as unknown as [z.ZodMiniType]);
	return {
		name,
		number,
		isAnswered: true,
		encode(content) {
			const named = content.target;
			if ((named === undefined) !== (about === 'conversation')) throw new TypeError(`${name} names the wrong thing`);
			const said = named === undefined ? [] : [about === 'any' ? [named.isOwn, named.id] : named.id];
			return [number, content.id, content.time, ...said, ...(value === undefined ? [] : [value.encode(content.value)])];
		},
		decode(given) {
			const data: readonly unknown[] | undefined = schema.safeParse(given).data;
			if (data === undefined) return undefined;
			const stored = storedOf(data[1] as Uint8Array, data[2] as number);
			const said = value === undefined ? '' : value.decode(data.at(-1));
			if (about === 'conversation') return {kind: name, ...stored, value: said};
			const named =
				about === 'any' ? (data[3] as [boolean, Uint8Array]) : ([about === 'own', data[3]] as [boolean, Uint8Array]);
			return {kind: name, ...stored, target: namedOf(named), value: said};
		},
	};
}
