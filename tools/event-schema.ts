// docs/events.schema.json, as the definition of the events says it (JSON Schema 2020-12).
import * as z from 'zod/mini';
import {EVENTS_VERSION, chatEvent} from '../source/cli/events.ts';

export const SCHEMA_PAGE = 'docs/events.schema.json';

/** Strict: a field that is not in it is a fault. What is published leaves room for fields of later. */
export function eventSchema({isStrict = false} = {}): Record<string, unknown> {
	const {$schema, ...schema} = z.toJSONSchema(chatEvent, {io: isStrict ? 'output' : 'input'});
	const description = 'One line of simchat tail --json. Pass over types and fields that you do not know.';
	return {$schema, $id: `urn:simchat:events:${EVENTS_VERSION}`, title: 'simchat events', description, ...schema};
}

/** The text of the file. */
export function schemaPage(): string {
	return `${JSON.stringify(eventSchema(), undefined, '\t')}\n`;
}
