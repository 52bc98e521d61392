// The history's tables, one step a version: user_version counts the steps that have been taken. A column `peer` has the id of a
// conversation, which of a talk of two is the other account's name.
import {TOKENIZER} from './search-words.ts';

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

/**
 * What people do about messages: rows of their own beside the texts, so that they wait, are sent, are answered and are seen once as
 * texts are. Kinds: 0 text, 1 edit, 2 delete, 3 reaction, 4 read, 5 timer. `target` is what an act is about, or what a text answers.
 * `text` is the current one, `original` the first of a text that was edited; an act keeps its value there.
 */
const third = `
ALTER TABLE messages ADD COLUMN kind INTEGER NOT NULL DEFAULT 0 CHECK (kind IN (0, 1, 2, 3, 4, 5));
ALTER TABLE messages ADD COLUMN target_direction INTEGER CHECK (target_direction IN (0, 1));
ALTER TABLE messages ADD COLUMN target BLOB CHECK (length(target) = 16);
ALTER TABLE messages ADD COLUMN original TEXT;
ALTER TABLE messages ADD COLUMN edited INTEGER;
ALTER TABLE messages ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1));
ALTER TABLE messages ADD COLUMN lifetime INTEGER;
ALTER TABLE messages ADD COLUMN expires INTEGER;
DROP INDEX messages_of_peer;
CREATE INDEX texts_of_peer ON messages (peer, place) WHERE kind = 0;
CREATE INDEX acts_on_messages ON messages (peer, target, target_direction, kind) WHERE target IS NOT NULL;
CREATE INDEX clocks_to_start ON messages (peer) WHERE lifetime IS NOT NULL AND expires IS NULL;
CREATE INDEX expiring ON messages (expires) WHERE expires IS NOT NULL;
-- Who is in the list; no name of a peer is in clear anywhere.
CREATE TABLE contacts (
	name TEXT PRIMARY KEY,
	blocked INTEGER NOT NULL CHECK (blocked IN (0, 1)),
	added_at INTEGER NOT NULL,
	request INTEGER NOT NULL CHECK (request IN (0, 1)),
	nickname TEXT
) STRICT, WITHOUT ROWID;
-- What both sides of a conversation hold: how far the peer has read our messages, and the timer that was set last.
CREATE TABLE agreed (
	peer TEXT PRIMARY KEY,
	read_place INTEGER NOT NULL DEFAULT 0,
	timer INTEGER NOT NULL DEFAULT 0,
	timer_time INTEGER NOT NULL DEFAULT 0,
	timer_id BLOB NOT NULL DEFAULT x''
) STRICT, WITHOUT ROWID;
`;

/**
 * The words of all texts, and indexes that spare looking for dates, names and the unread in every message. `terms` is a function of
 * ours. The index holds no copy of the texts: to take one out, its words are said again. With 'secure-delete' they leave the
 * index then, not with a later merge.
 */
const fourth = `
DROP INDEX texts_of_peer;
CREATE INDEX texts_of_peer ON messages (peer, place, direction) WHERE kind = 0;
-- SQLite takes "target = ?" to mean that there is one, but not "kind = 3" that it is over 0.
DROP INDEX acts_on_messages;
CREATE INDEX about_messages ON messages (peer, target, target_direction, kind) WHERE target IS NOT NULL;
CREATE INDEX texts_by_time ON messages (peer, time) WHERE kind = 0;
CREATE INDEX undelivered ON messages (place) WHERE direction = 1 AND state != 1 AND kind = 0;
CREATE VIRTUAL TABLE search USING fts5 (
	words, peer, content = '', columnsize = 0, prefix = '1 2 3 4', tokenize = "${TOKENIZER}"
);
INSERT INTO search (rowid, words, peer) SELECT place, terms(text), hex(peer) FROM messages WHERE kind = 0 ORDER BY place;
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
`;

/** What the screen kept of a conversation under `before` and its name gets a column for the name, which is all that a name can be. */
function movedMemory(key: string, before: string): string {
	const name = `substr(key, ${before.length + 1})`;
	const found = `FROM former_memory WHERE key GLOB '${before}[a-z]*' AND ${name} NOT GLOB '*[^a-z0-9._-]*'`;
	return `INSERT INTO memory (key, peer, value) SELECT '${key}', ${name}, value ${found}; DELETE ${found};`;
}

/**
 * What belongs to a conversation says so in a column, and kinds have no end. To take the CHECK out, the text of the table's definition is
 * changed in its place, for no row is (https://www.sqlite.org/lang_altertable.html#otheralter); the connection must allow that. Kinds of
 * rows: 0 text, 1 edit, 2 delete, 3 reaction, 4 read, 5 timer, 6 one that is not done yet, whose bytes are in `contents`.
 */
const fifth = `
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (kind IN (0, 1, 2, 3, 4, 5))', '') WHERE type = 'table' AND name = 'messages';
PRAGMA writable_schema = RESET;
ALTER TABLE memory RENAME TO former_memory;
-- Of the whole screen where the peer is ''.
CREATE TABLE memory (
	key TEXT NOT NULL,
	peer TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (key, peer)
) STRICT, WITHOUT ROWID;
${movedMemory('draft', 'draft ')}
${movedMemory('command', 'draft ! ')}
${movedMemory('edit', 'draft edit ')}
${movedMemory('mute', 'mute ')}
INSERT INTO memory (key, peer, value)
	SELECT trim(key), iif(key = 'open', value, ''), iif(key = 'open', '', value) FROM former_memory WHERE true
	ON CONFLICT DO NOTHING;
DROP TABLE former_memory;
-- What came and is not done yet, as it came: of a kind that the build did not know, or an act ahead of its time (\`due\`, server ms); of
-- a text, when it has options that the build did not know. \`kind\` is the wire's.
CREATE TABLE contents (
	place INTEGER PRIMARY KEY,
	kind INTEGER NOT NULL,
	due INTEGER NOT NULL,
	bytes BLOB NOT NULL
) STRICT;
CREATE INDEX contents_due ON contents (kind, due);
CREATE TRIGGER content_removed AFTER DELETE ON messages BEGIN
	DELETE FROM contents WHERE place = old.place;
END;
`;

/**
 * Acts in the order that they count in, of each side on each message, and of each kind no more than change anything: a reaction, a
 * deletion and a reading of each side on a message, a timer of each side, the latest 32 edits. Which clocks are to be started and what a peer has
 * read is found without looking through the rest. Messages that disappear run by this client's own time (own-time.ts), which begins here: what was
 * running by the server's clock runs anew. `arrived` is of the own time too, NULL for what is older.
 */
const sixth = `
DROP INDEX about_messages;
CREATE INDEX about_messages ON messages (peer, target, target_direction, kind, direction, time, id) WHERE target IS NOT NULL;
CREATE INDEX timers ON messages (peer, direction, time, id) WHERE kind = 5;
DELETE FROM messages WHERE place IN (
	SELECT place FROM (
		SELECT place, kind, row_number() OVER (
			PARTITION BY peer, target, target_direction, kind, direction ORDER BY time DESC, id DESC
		) AS rank FROM messages INDEXED BY about_messages WHERE target IS NOT NULL AND kind BETWEEN 1 AND 4
	) WHERE rank > iif(kind = 1, 32, 1)
);
DELETE FROM messages WHERE place IN (
	SELECT place FROM (
		SELECT place, row_number() OVER (PARTITION BY peer, direction ORDER BY time DESC, id DESC) AS rank
		FROM messages INDEXED BY timers WHERE kind = 5
	) WHERE rank > 1
);
-- Of messages that are deleted nothing that was said is kept.
DELETE FROM messages WHERE place IN (
	SELECT place FROM messages INDEXED BY about_messages WHERE target IS NOT NULL AND kind = 1 AND text = ''
);
DROP INDEX clocks_to_start;
CREATE INDEX clocks_to_start ON messages (peer, direction, state, place) WHERE lifetime IS NOT NULL AND expires IS NULL;
UPDATE messages SET expires = lifetime * 1000 WHERE expires IS NOT NULL;
ALTER TABLE messages ADD COLUMN arrived INTEGER;
-- What own-time.ts counts with: one row.
CREATE TABLE own_time (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	spent INTEGER NOT NULL,
	met_spent INTEGER,
	met_wall INTEGER,
	met_server INTEGER
) STRICT;
`;

/** What holds for a conversation, one row a kind of act. Acts that set something are found by whose they are, whatever they are about. */
const seventh = `
CREATE TABLE conversation_settings (
	peer TEXT NOT NULL,
	kind INTEGER NOT NULL,
	value TEXT NOT NULL,
	target_direction INTEGER,
	target BLOB,
	time INTEGER NOT NULL,
	id BLOB NOT NULL,
	PRIMARY KEY (peer, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO conversation_settings (peer, kind, value, time, id) SELECT peer, 5, timer, timer_time, timer_id FROM agreed WHERE timer_time > 0;
ALTER TABLE agreed DROP COLUMN timer;
ALTER TABLE agreed DROP COLUMN timer_time;
ALTER TABLE agreed DROP COLUMN timer_id;
DROP INDEX timers;
CREATE INDEX acts_of_side ON messages (peer, kind, direction, time, id) WHERE kind > 0;
`;

/**
 * What other devices of the account follow. Until one does, `place` of a row is its place in the log too and the tables are empty, so that who
 * has one device pays nothing. From then on each change has an entry in `log`, which says where it is: `what` is 0 a row, 1 its state (both at
 * `row` of messages), 2 a register (`register` and `name`), 3 how far a conversation is read and 4 is forgotten (`name`), 5 a row that is gone (`row` of
 * gone), 6 an item of a later version (`row` of later_items); `origin` is the number of whose log it came from, 0 for here.
 */
const eighth = `
CREATE TABLE replica (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	-- Of this file alone: a copy of it gets another one, which \`file\`, its number in the file system, shows.
	log BLOB NOT NULL CHECK (length(log) = 16),
	file TEXT,
	-- Rows up to here have no entry in the log; NULL until the log has begun.
	base INTEGER
) STRICT;
INSERT INTO replica (only, log) VALUES (1, randomblob(16));
CREATE TABLE log (
	place INTEGER PRIMARY KEY AUTOINCREMENT,
	what INTEGER NOT NULL,
	row INTEGER,
	register INTEGER,
	name TEXT,
	origin INTEGER NOT NULL
) STRICT;
-- The last writer's value counts; \`log\` is its entry there, as it is in the next two.
CREATE TABLE registers (
	kind INTEGER NOT NULL,
	name TEXT NOT NULL,
	time INTEGER NOT NULL,
	device BLOB NOT NULL,
	value BLOB NOT NULL,
	log INTEGER NOT NULL,
	PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
ALTER TABLE marks ADD COLUMN log INTEGER NOT NULL DEFAULT 0;
-- What stands up to this place was taken off for good.
CREATE TABLE forgotten (peer TEXT PRIMARY KEY, place INTEGER NOT NULL, log INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE gone (
	number INTEGER PRIMARY KEY,
	peer TEXT NOT NULL,
	direction INTEGER NOT NULL CHECK (direction IN (0, 1)),
	id BLOB NOT NULL CHECK (length(id) = 16),
	UNIQUE (peer, direction, id)
) STRICT;
CREATE TABLE later_items (
	number INTEGER PRIMARY KEY,
	digest BLOB NOT NULL UNIQUE,
	bytes BLOB NOT NULL
) STRICT;
-- The log of each other device: how much of it is here, and how much of ours is there.
CREATE TABLE followed (
	number INTEGER PRIMARY KEY AUTOINCREMENT,
	device BLOB NOT NULL UNIQUE,
	log BLOB NOT NULL,
	taken INTEGER NOT NULL DEFAULT 0,
	kept INTEGER NOT NULL DEFAULT 0
) STRICT;
-- The device log of each account that is followed, entry by entry.
CREATE TABLE device_logs (
	name TEXT NOT NULL,
	place INTEGER NOT NULL,
	entry BLOB NOT NULL,
	PRIMARY KEY (name, place)
) STRICT, WITHOUT ROWID;
-- When a person decided that an own entry waits or has failed, server ms; and which other device has written it. A CHECK would read every row.
ALTER TABLE messages ADD COLUMN decided INTEGER;
ALTER TABLE messages ADD COLUMN writer BLOB;
`;

/** What a keeper has let go, since all other devices have it, and where it stood. */
const ninth = `
CREATE TABLE let_go (
	peer TEXT NOT NULL,
	direction INTEGER NOT NULL,
	id BLOB NOT NULL,
	place INTEGER NOT NULL,
	PRIMARY KEY (peer, direction, id)
) STRICT, WITHOUT ROWID;
`;

/**
 * Files of this device that were offered: of our own (`direction` 1) where the file is, of others' where it is saved, in the part that is there while
 * `leaves` of it are. `stamp` tells it from another file of that name. It goes with the message, but for what is in parts: whoever takes those off
 * the disk has to know where they are.
 */
const tenth = `
CREATE TABLE files (
	peer TEXT NOT NULL,
	direction INTEGER NOT NULL CHECK (direction IN (0, 1)),
	id BLOB NOT NULL CHECK (length(id) = 16),
	path TEXT NOT NULL,
	stamp TEXT NOT NULL,
	leaves INTEGER NOT NULL,
	state TEXT NOT NULL,
	PRIMARY KEY (peer, direction, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER file_removed AFTER DELETE ON messages WHEN old.kind = 0 BEGIN
	DELETE FROM files WHERE peer = old.peer AND direction = old.direction AND id = old.id AND state NOT IN ('fetching', 'failed');
END;
CREATE TRIGGER file_deleted AFTER UPDATE OF deleted ON messages WHEN new.deleted = 1 BEGIN
	DELETE FROM files WHERE peer = new.peer AND direction = new.direction AND id = new.id AND state NOT IN ('fetching', 'failed');
END;
`;

export const HISTORY_MIGRATIONS: readonly string[] = [
	first,
	second,
	third,
	fourth,
	fifth,
	sixth,
	seventh,
	eighth,
	ninth,
	tenth,
];
