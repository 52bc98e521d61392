// docs/events.schema.json is what the definition of the events says; npm run schema writes it.
import {readFile} from 'node:fs/promises';
import test from 'ava';
import {SCHEMA_PAGE, eventSchema, schemaPage} from '../../tools/event-schema.ts';

test('the schema of the events is the one that npm run schema writes', async t => {
	t.is(await readFile(SCHEMA_PAGE, 'utf8'), schemaPage());
});

test('it leaves room for fields of later, and its strict form does not', t => {
	t.false(JSON.stringify(eventSchema()).includes('additionalProperties'));
	t.true(JSON.stringify(eventSchema({isStrict: true})).includes('"additionalProperties":false'));
});
