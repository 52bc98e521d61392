// What is done about messages and people in one step, as it travels from process to process.
import * as z from 'zod/mini';

const kind = <Kind extends string>(...kinds: readonly Kind[]) => z.enum(kinds);
const name = z.string();
/** Of a message, as a person typed it. */
const id = z.string();
const waitMs = z.number().check(z.minimum(0), z.maximum(86_400_000));

export const verbTasks = [
	/** The text is one to send. */
	z.object({kind: kind('reply', 'edit'), name, id, waitMs}),
	z.object({kind: kind('delete', 'pin'), name, id, waitMs}),
	/** `emoji`: one, its shortcode, or '' to take it back. */
	z.object({kind: kind('react'), name, id, emoji: z.string(), waitMs}),
	z.object({kind: kind('unpin'), name, waitMs}),
	/** `seconds`: 0 for off. */
	z.object({kind: kind('timer'), name, seconds: z.number(), waitMs}),
	/** Without an id all of it. */
	z.object({kind: kind('read'), name, id: z.optional(id)}),
	z.object({kind: kind('accept', 'block', 'unblock', 'mute', 'unmute'), name}),
	/** Without a nickname it is taken back; so is being away without a text. */
	z.object({kind: kind('nick'), name, nickname: z.optional(z.string())}),
	z.object({kind: kind('away'), text: z.optional(z.string())}),
	z.object({kind: kind('outbox'), json: z.boolean()}),
	z.object({kind: kind('cancel'), id}),
	z.object({kind: kind('retry'), id, waitMs}),
] as const;

export const verbTask = z.discriminatedUnion('kind', verbTasks);
export type VerbTask = z.infer<typeof verbTask>;
