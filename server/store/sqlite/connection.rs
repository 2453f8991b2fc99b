//! Connections to the database file: their settings, its version, its migrations. Knows no rows.

use std::{path::Path, thread, time::Duration};

use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig};

use crate::{
    crash_point::{self, Point},
    error::StoreError,
};

/// "Jals": tells the file from other SQLite databases (`file` shows it too).
const APPLICATION: i64 = 0x4a61_6c73;

/// By number; a file's `user_version` is the number of the last one it has seen. Never changed, only added at the end.
const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("migrations/0001.sql")),
    (2, include_str!("migrations/0002.sql")),
    (3, include_str!("migrations/0003.sql")),
    (4, include_str!("migrations/0004.sql")),
    (5, include_str!("migrations/0005.sql")),
    (6, include_str!("migrations/0006.sql")),
    (7, include_str!("migrations/0007.sql")),
    (8, include_str!("migrations/0008.sql")),
];

/// Earlier versions can damage a database in WAL mode when a checkpoint and a writer meet.
const SQLITE: i32 = 3_051_003;

/// Another process (`owner-token`) writes at most for moments: about ten seconds, looked for every [`LOOK`].
const LOOKS: i32 = 10_000;
/// SQLite's own waiting soon looks ten times a second only, and a server that always writes lets go of the file for
/// some microseconds of each millisecond: a command beside it would have to be lucky.
const LOOK: Duration = Duration::from_millis(1);

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Write,
    Read,
}

/// Opens the database, with every setting that this store relies on. Does not look at its version.
pub(super) fn connect(path: &Path, purpose: Use) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < SQLITE {
        return Err(StoreError::Other(format!("SQLite {} is too old", rusqlite::version())));
    }
    let access = match purpose {
        Use::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Use::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let mut connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    if purpose != Use::Read && connection.is_readonly("main")? {
        return Err(StoreError::ReadOnly(format!("{}: it can only be read", path.display())));
    }
    connection.busy_handler(Some(wait_for_the_other))?;
    connection.set_prepared_statement_cache_capacity(64);
    // The last to close would move the WAL into the file; only a store that is known to be well does that.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    // Erased text is overwritten, in pages that a replaced checkpoint leaves free, too.
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(connection)
}

/// What SQLite asks while another process holds the file: whether to try again.
fn wait_for_the_other(looks: i32) -> bool {
    thread::sleep(LOOK);
    looks < LOOKS
}

/// Puts the file into WAL mode and brings it to this program's version.
pub(super) fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    let newest = newest();
    // Before anything is written: a file that is not ours stays as it is.
    let found = version(connection)?;
    if found > newest {
        return Err(newer(found));
    }
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Other(format!("the database cannot use a write-ahead log here (mode {mode})")));
    }
    migrate(connection, found, MIGRATIONS)
}

/// Brings a file that no server uses to this program's version, as it lies.
pub(super) fn convert(connection: &mut Connection) -> Result<(), StoreError> {
    match version(connection)? {
        0 => Err(StoreError::Other("the file is empty".into())),
        found if found > newest() => Err(newer(found)),
        found => migrate(connection, found, MIGRATIONS),
    }
}

/// Runs the migrations after number `found`, each wholly or not at all.
fn migrate(connection: &mut Connection, found: i64, migrations: &[(i64, &str)]) -> Result<(), StoreError> {
    for (number, sql) in migrations.iter().filter(|(number, _)| *number > found) {
        let migration = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        migration.execute_batch(sql)?;
        migration.pragma_update(None, "application_id", APPLICATION)?;
        migration.pragma_update(None, "user_version", number)?;
        crash_point::pass(Point::InMigration);
        migration.commit()?;
    }
    Ok(())
}

/// That the file is at this program's version, as it must be for those who do not migrate it.
pub(super) fn check_version(connection: &Connection) -> Result<(), StoreError> {
    match version(connection)? {
        found if found == newest() => Ok(()),
        found if found > newest() => Err(newer(found)),
        found => Err(StoreError::Other(format!(
            "the database is of version {found}, this program's is {}: start the server once, it converts it",
            newest()
        ))),
    }
}

fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |(number, _)| *number)
}

fn newer(found: i64) -> StoreError {
    StoreError::Other(format!(
        "the database was written by a newer Jalostamo (version {found}, this program knows {}): install that one",
        newest()
    ))
}

/// The file's version; 0 for an empty one.
fn version(connection: &Connection) -> Result<i64, StoreError> {
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, version, tables) {
        (APPLICATION, 1.., 1..) => Ok(version),
        (0, 0, 0) => Ok(0),
        _ => Err(StoreError::Other("the file is not a database of Jalostamo".into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A process that is killed shows no difference, a power cut does: these cannot be left to other tests.
    #[test]
    fn every_connection_has_the_settings_that_durability_and_erasure_need() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        std::fs::write(&path, "").unwrap();
        let mut writer = connect(&path, Use::Write).unwrap();
        prepare(&mut writer).unwrap();
        let reader = connect(&path, Use::Read).unwrap();
        for connection in [&writer, &reader] {
            let setting = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
            assert_eq!(setting("synchronous"), 2, "full");
            assert_eq!(setting("foreign_keys"), 1);
            assert_eq!(setting("secure_delete"), 1);
            assert_eq!(setting("wal_autocheckpoint"), 0);
            assert_eq!(setting("application_id"), APPLICATION);
            assert_eq!(setting("user_version"), newest());
            let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
            assert_eq!(mode, "wal");
        }
        assert!(reader.execute("DELETE FROM boards", []).is_err());
        check_version(&reader).unwrap();
    }

    /// Every row of these columns, as text.
    fn rows(connection: &Connection, table: &str, columns: &str) -> Vec<String> {
        let quoted =
            columns.split(", ").map(|column| format!("quote({column})")).collect::<Vec<_>>().join(" || '|' || ");
        let mut query = connection.prepare(&format!("SELECT {quoted} FROM {table} ORDER BY 1")).unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn migrations_are_in_the_order_of_their_numbers() {
        assert!(MIGRATIONS.is_sorted_by(|(one, _), (next, _)| one < next));
    }

    #[test]
    fn a_database_of_version_1_keeps_everything() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        std::fs::write(&path, "").unwrap();
        let mut connection = connect(&path, Use::Write).unwrap();
        migrate(&mut connection, 0, &MIGRATIONS[..1]).unwrap();
        connection
            .execute_batch(
                "INSERT INTO streams VALUES (1, 'board.b', 2, 3, 5);
                 INSERT INTO entries VALUES (7, 1, 2, 4, 1000, 1, x'0100', -9), (8, 1, 2, 5, 1001, 2, x'7b7d', 9);
                 INSERT INTO checkpoints VALUES (3, 1, 2, 3, 'latest', x'0000', '{}', 77);
                 INSERT INTO clients VALUES (1, -5, zeroblob(16));
                 INSERT INTO authors VALUES (1, 'n_1', zeroblob(16));
                 INSERT INTO quarantine VALUES (1, 4, 0);
                 INSERT INTO people VALUES (zeroblob(16), 'Åsa', 'sv', 5, 1);
                 INSERT INTO boards VALUES (zeroblob(16), 1, 'Lauta', 6, zeroblob(16));
                 INSERT INTO invites VALUES (zeroblob(16), zeroblob(16), 'observer', zeroblob(32), 7, zeroblob(16), 8, 9, 0);
                 INSERT INTO invites VALUES (randomblob(16), NULL, NULL, randomblob(32), 7, NULL, NULL, NULL, 1);
                 INSERT INTO members VALUES (zeroblob(16), zeroblob(16), 'observer', zeroblob(16));
                 INSERT INTO sessions VALUES (zeroblob(32), zeroblob(16), 10, NULL);",
            )
            .unwrap();
        let tables = [
            ("streams", "id, name, epoch, base, seq"),
            ("entries", "id, stream, epoch, seq, at, kind, body, sum"),
            ("checkpoints", "id, stream, epoch, seq, purpose, document, facilitation, sum"),
            ("clients", "stream, client, person"),
            ("authors", "stream, object, person"),
            ("quarantine", "stream, seq, place"),
            ("people", "id, name, language, made, server_owner"),
            ("boards", "id, stream, title, made, made_by"),
            ("invites", "id, board, role, secret, made, made_by, expires, uses_left, revoked"),
            ("members", "board, person, role, invite"),
            ("sessions", "secret, person, made, expires"),
        ];
        let read = |connection: &Connection| tables.map(|(table, columns)| rows(connection, table, columns));
        let before = read(&connection);
        assert!(before.iter().all(|rows| !rows.is_empty()));

        prepare(&mut connection).unwrap();
        check_version(&connection).unwrap();
        assert_eq!(read(&connection), before);
        let broken = rows(&connection, "pragma_foreign_key_check", "parent");
        assert!(broken.is_empty(), "{broken:?}");
        let mut parents = rows(&connection, "pragma_foreign_key_list('members')", "\"table\"");
        parents.sort();
        assert_eq!(parents, ["'boards'", "'invites'", "'people'"], "not the table that was made anew");
        assert_eq!(rows(&connection, "boards", "series"), ["NULL"]);
        assert_eq!(rows(&connection, "streams", "pruned"), ["0"]);
        // What it is converted to is what a new one is.
        let new = folder.path().join("new.db");
        std::fs::write(&new, "").unwrap();
        let mut fresh = connect(&new, Use::Write).unwrap();
        prepare(&mut fresh).unwrap();
        assert_eq!(rows(&connection, "sqlite_schema", "name, sql"), rows(&fresh, "sqlite_schema", "name, sql"));
    }
}
