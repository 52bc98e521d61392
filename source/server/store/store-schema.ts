// The tables, as migrations. A database of version n has had the first n steps, and gets the others when it is opened.

/** A released step is never edited: a change is a further step at the end. */
export const STORE_MIGRATIONS: readonly string[] = [
	`
	CREATE TABLE meta (
		key TEXT PRIMARY KEY,
		value BLOB NOT NULL
	) STRICT, WITHOUT ROWID;

	CREATE TABLE accounts (
		name TEXT PRIMARY KEY,
		salt BLOB NOT NULL,
		log_n INTEGER NOT NULL,
		r INTEGER NOT NULL,
		p INTEGER NOT NULL,
		verifier BLOB NOT NULL,
		identity_key BLOB NOT NULL,
		created INTEGER NOT NULL,
		generation INTEGER NOT NULL,
		suspended INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;

	CREATE TABLE invites (
		name TEXT PRIMARY KEY,
		kind TEXT NOT NULL CHECK (kind IN ('new', 'reset')),
		code_hash BLOB NOT NULL UNIQUE,
		expires INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;

	CREATE TABLE attempts (
		name TEXT NOT NULL,
		owner INTEGER NOT NULL,
		count INTEGER NOT NULL,
		last INTEGER NOT NULL,
		locked_until INTEGER NOT NULL,
		PRIMARY KEY (name, owner)
	) STRICT, WITHOUT ROWID;

	CREATE TABLE blocks (
		owner TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
		name TEXT NOT NULL,
		PRIMARY KEY (owner, name)
	) STRICT, WITHOUT ROWID;
	`,
	'CREATE INDEX attempts_by_age ON attempts (last)',
	`
	CREATE TABLE device_log (
		name TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
		place INTEGER NOT NULL,
		entry BLOB NOT NULL,
		PRIMARY KEY (name, place)
	) STRICT, WITHOUT ROWID;
	`,
	// So that nothing reads a whole table: how many accounts there are, logs of more than one entry, locks and invites by their end.
	`
	CREATE TABLE account_total (
		only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
		count INTEGER NOT NULL
	) STRICT;
	INSERT INTO account_total SELECT 1, count(*) FROM accounts;
	CREATE TRIGGER account_added AFTER INSERT ON accounts
		BEGIN UPDATE account_total SET count = count + 1; END;
	CREATE TRIGGER account_gone AFTER DELETE ON accounts
		BEGIN UPDATE account_total SET count = count - 1; END;

	CREATE INDEX long_logs ON device_log (name, place) WHERE place > 0;
	CREATE INDEX attempts_by_lock ON attempts (locked_until, last);
	CREATE INDEX invites_by_end ON invites (expires);
	`,
];
