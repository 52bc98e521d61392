// The history's tables, one step a version: user_version counts the steps that have been taken.

/** Message rows are in the order of their arrival on this disk. Directions: 0 in, 1 out. States: 0 queued, 1 delivered, 2 failed. */
const first = `
CREATE TABLE messages (
	place INTEGER PRIMARY KEY AUTOINCREMENT,
	peer TEXT NOT NULL,
	id BLOB NOT NULL CHECK (length(id) = 16),
	direction INTEGER NOT NULL CHECK (direction IN (0, 1)),
	time INTEGER NOT NULL,
	text TEXT NOT NULL,
	state INTEGER NOT NULL CHECK (state IN (0, 1, 2)),
	reason TEXT,
	UNIQUE (peer, direction, id)
) STRICT;
CREATE INDEX messages_of_peer ON messages (peer, place);
CREATE INDEX outbox ON messages (peer, place) WHERE direction = 1 AND state = 0;
-- Ids that a peer has used, for ever: a message that was deleted does not come back.
CREATE TABLE seen (peer TEXT NOT NULL, id BLOB NOT NULL, PRIMARY KEY (peer, id)) STRICT, WITHOUT ROWID;
-- The last place that was read.
CREATE TABLE marks (peer TEXT PRIMARY KEY, place INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** What the screen remembers: drafts, and where one was. */
const second = `
CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

export const MIGRATIONS: readonly string[] = [first, second];
