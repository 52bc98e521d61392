// Writes docs/events.schema.json anew from the definition of the events: npm run schema
import {writeFile} from 'node:fs/promises';
import {SCHEMA_PAGE, schemaPage} from '../tools/event-schema.ts';

await writeFile(SCHEMA_PAGE, schemaPage());
