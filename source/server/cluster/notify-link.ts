// The link between servers that their own database is: LISTEN and NOTIFY of PostgreSQL.
import {type PostgresqlDatabase} from '../store/postgresql-database.ts';
import {type BusLink} from './bus-link.ts';

export function notifyLink(database: PostgresqlDatabase): BusLink {
	return {
		async listen(channels, onText, onLost) {
			// On a connection of its own: not behind the logins that wait for one.
			const {query, check, close} = await database.listen(channels, onText, onLost);
			return {
				async send(texts) {
					await query(
						'SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS sent (channel, payload)',
						[texts.map(({channel}) => channel), texts.map(({text}) => text)],
					);
				},
				check,
				close,
			};
		},
	};
}
