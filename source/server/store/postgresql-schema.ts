// The tables in PostgreSQL, as migrations that only add, so that servers of the version before can go on meanwhile.

/** A released step is never edited: a change is a further step at the end. Times are ms since 1970, by the clock of the database. */
export const POSTGRESQL_MIGRATIONS: readonly string[] = [
	`
	CREATE TABLE meta (
		key TEXT COLLATE "C" PRIMARY KEY,
		value BYTEA NOT NULL
	);

	CREATE TABLE accounts (
		name TEXT COLLATE "C" PRIMARY KEY,
		salt BYTEA NOT NULL,
		log_n INTEGER NOT NULL,
		r INTEGER NOT NULL,
		p INTEGER NOT NULL,
		verifier BYTEA NOT NULL,
		identity_key BYTEA NOT NULL,
		created BIGINT NOT NULL,
		generation INTEGER NOT NULL,
		suspended BOOLEAN NOT NULL
	);

	CREATE TABLE device_log (
		name TEXT COLLATE "C" NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
		place INTEGER NOT NULL,
		entry BYTEA NOT NULL,
		PRIMARY KEY (name, place)
	);

	CREATE TABLE invites (
		name TEXT COLLATE "C" PRIMARY KEY,
		kind TEXT NOT NULL CHECK (kind IN ('new', 'reset')),
		code_hash BYTEA NOT NULL UNIQUE,
		expires BIGINT NOT NULL
	);

	CREATE TABLE attempts (
		name TEXT COLLATE "C" NOT NULL,
		owner BOOLEAN NOT NULL,
		count INTEGER NOT NULL,
		last BIGINT NOT NULL,
		locked_until BIGINT NOT NULL,
		PRIMARY KEY (name, owner)
	) WITH (fillfactor = 50);

	CREATE TABLE blocks (
		owner TEXT COLLATE "C" NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
		name TEXT COLLATE "C" NOT NULL,
		PRIMARY KEY (owner, name)
	);
	`,
	`
	CREATE TABLE nodes (
		id INTEGER PRIMARY KEY,
		boot TEXT NOT NULL,
		lease BIGINT NOT NULL
	);

	CREATE SEQUENCE session_epochs;

	CREATE TABLE sessions (
		name TEXT COLLATE "C" NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
		device BYTEA NOT NULL,
		node INTEGER NOT NULL,
		boot TEXT NOT NULL,
		epoch BIGINT NOT NULL,
		since BIGINT NOT NULL,
		role TEXT NOT NULL,
		founding BOOLEAN NOT NULL,
		speaks BOOLEAN NOT NULL,
		state TEXT NOT NULL,
		PRIMARY KEY (name, device)
	);

	CREATE INDEX sessions_by_node ON sessions (node);
	`,
	`
	CREATE INDEX sessions_by_epoch ON sessions (node, epoch);
	`,
	// So that nothing reads a whole table: how many accounts there are, in parts, so that two who register do not wait for each other; attempts,
	// locks and invites by their end.
	`
	CREATE TABLE account_totals (
		part INTEGER PRIMARY KEY,
		count BIGINT NOT NULL
	) WITH (fillfactor = 50);
	LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE;
	INSERT INTO account_totals SELECT part, 0 FROM generate_series(0, 15) AS part;
	UPDATE account_totals SET count = (SELECT count(*) FROM accounts) WHERE part = 0;

	CREATE FUNCTION count_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
		DECLARE
			difference BIGINT := (SELECT count(*) FROM changed);
		BEGIN
			IF TG_OP = 'DELETE' THEN
				difference := -difference;
			END IF;
			IF difference <> 0 THEN
				UPDATE account_totals SET count = count + difference WHERE part = pg_backend_pid() % 16;
			END IF;
			RETURN NULL;
		END
	$$;
	CREATE TRIGGER accounts_added AFTER INSERT ON accounts
		REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_accounts();
	CREATE TRIGGER accounts_gone AFTER DELETE ON accounts
		REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_accounts();

	CREATE INDEX attempts_by_age ON attempts (last);
	CREATE INDEX attempts_by_lock ON attempts (locked_until) WHERE locked_until > 0;
	CREATE INDEX invites_by_end ON invites (expires);
	`,
];

/** The time of the database, ms. */
export const DATABASE_NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
