//! A backup as a new data folder: checked, converted, every stream in a new epoch. Knows no server.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, TransactionBehavior, params};

use super::{
    backup::{Part, check},
    connection::{Use, connect, convert},
    fault::{from_stored, to_stored},
    folder::{LOCK, database, hold, unwritable},
    reading,
    sum::{self, Place},
    work::{LATEST, StreamRow, insert_checkpoint},
};
use crate::{
    error::StoreError,
    ids::Epoch,
    store::{Checkpoint, Stream},
};

/// Makes a data folder of a backup, which stays as it is; gives how many boards are in it. `now` is the time in
/// milliseconds since 1970.
///
/// Every board begins a new epoch, with the same entries, snapshots and authors: copies that browsers made since the
/// backup are of another epoch, and the client ids that wrote so far write no more. The epoch's number is the second of
/// `now`, so that it is past each that was begun after the backup.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such file, [`StoreError::Exists`] when something is in the folder,
/// [`StoreError::InUse`] when a server holds it, [`StoreError::Corrupt`] when the backup is damaged,
/// [`StoreError::ReadOnly`] or [`StoreError::Full`] when the folder cannot be written, [`StoreError::Other`] when the
/// file is no backup. The folder holds no database then.
pub fn restore(backup: &Path, data: &Path, now: i64) -> Result<usize, StoreError> {
    if !backup.is_file() {
        return Err(StoreError::NotFound);
    }
    if has_log(backup) {
        // The newest changes are in the log: without them an older board would look whole.
        return Err(StoreError::Other("a write-ahead log lies beside the file: it is a database in use".into()));
    }
    must_be_empty(data)?;
    let lock = hold(data)?;
    must_be_empty(data)?;
    let to = database(data);
    let part = Part::beside(&to)?;
    copy(backup, part.path(), data)?;
    let mut connection = connect(part.path(), Use::Write)?;
    // One file, whatever the copy was.
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))?;
    if mode != "delete" {
        return Err(StoreError::Other(format!("the backup's journal cannot be changed (mode {mode})")));
    }
    convert(&mut connection)?;
    reading::verify(&connection)?;
    let boards = begin_epochs(&mut connection, now)?;
    drop(connection);
    check(part.path())?;
    File::open(part.path()).and_then(|file| file.sync_all()).map_err(|error| unwritable(data, &error))?;
    part.name(&to).map_err(|error| unwritable(data, &error))?;
    drop(lock);
    Ok(boards)
}

fn has_log(file: &Path) -> bool {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    fs::metadata(PathBuf::from(name)).is_ok_and(|log| log.len() > 0)
}

/// That nothing is in the folder, or what an attempt before this one left, or it is not there yet.
fn must_be_empty(data: &Path) -> Result<(), StoreError> {
    let mut files = match fs::read_dir(data) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unwritable(data, &error)),
    };
    let is_lock = |file: io::Result<fs::DirEntry>| file.is_ok_and(|file| file.file_name() == LOCK);
    if files.all(is_lock) { Ok(()) } else { Err(StoreError::Exists) }
}

fn copy(from: &Path, to: &Path, data: &Path) -> Result<(), StoreError> {
    let source = File::open(from).map_err(|error| StoreError::Other(format!("{}: {error}", from.display())))?;
    let copied = File::options().write(true).open(to).and_then(|mut file| io::copy(&mut &source, &mut file));
    copied.map(|_| ()).map_err(|error| match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full,
        _ => unwritable(data, &error),
    })
}

/// The epoch after `old` and after every one that may have followed it: epochs are not begun once a second.
fn epoch_after(old: Epoch, now: i64) -> Result<Epoch, StoreError> {
    let next = old.checked_add(1).ok_or_else(|| StoreError::Other("epochs are used up".into()))?;
    Ok(next.max(Epoch::try_from(now / 1_000).unwrap_or_default()))
}

/// All streams, in one transaction; gives how many.
fn begin_epochs(connection: &mut Connection, now: i64) -> Result<usize, StoreError> {
    let all = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let names: Vec<String> =
        all.prepare("SELECT name FROM streams")?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for name in &names {
        begin_epoch(&all, &Stream::named(name), now)?;
    }
    all.commit()?;
    Ok(names.len())
}

/// The same bytes under a new epoch, which every checksum covers.
fn begin_epoch(connection: &Connection, stream: &Stream, now: i64) -> Result<(), StoreError> {
    let row = StreamRow::find(connection, stream)?;
    let epoch = epoch_after(row.epoch, now)?;
    let latest = sign_checkpoints(connection, stream, row.id, epoch)?;
    if !latest {
        // Nothing was written before its first entry: the empty document of lib0 v1. Of an epoch's first checkpoint it is
        // known that it must be there.
        let empty = Checkpoint { seq: 0, document: vec![0, 0].into(), facilitation: String::new() };
        insert_checkpoint(connection, row.id, LATEST, stream, epoch, &empty)?;
    }
    sign_entries(connection, stream, &row, epoch)?;
    for sql in [
        "UPDATE snapshots SET epoch = ?2 WHERE stream = ?1",
        "UPDATE streams SET epoch = ?2 WHERE id = ?1",
        // Whoever wrote so far has another copy: their ids are nobody's now.
        "DELETE FROM clients WHERE stream = ?1 AND ?2 > 0",
    ] {
        connection.prepare_cached(sql)?.execute(params![row.id, epoch])?;
    }
    Ok(())
}

/// Whether there is one to load from.
fn sign_checkpoints(connection: &Connection, stream: &Stream, id: i64, epoch: Epoch) -> Result<bool, StoreError> {
    let mut ids = connection.prepare_cached("SELECT id FROM checkpoints WHERE stream = ?1")?;
    let ids: Vec<i64> = ids.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut read =
        connection.prepare_cached("SELECT seq, document, facilitation, purpose FROM checkpoints WHERE id = ?1")?;
    let mut sign = connection.prepare_cached("UPDATE checkpoints SET epoch = ?2, sum = ?3 WHERE id = ?1")?;
    let mut latest = false;
    for id in ids {
        let (seq, document, facilitation, purpose): (i64, Vec<u8>, String, String) =
            read.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let checkpoint = Checkpoint { seq: from_stored(seq)?, document: document.into(), facilitation };
        sign.execute(params![id, epoch, sum::checkpoint(stream, epoch, &checkpoint)])?;
        latest |= purpose == LATEST;
    }
    Ok(latest)
}

fn sign_entries(connection: &Connection, stream: &Stream, row: &StreamRow, epoch: Epoch) -> Result<(), StoreError> {
    let mut read =
        connection.prepare_cached("SELECT id, at, kind, body FROM entries WHERE stream = ?1 AND seq = ?2")?;
    let mut sign = connection.prepare_cached("UPDATE entries SET epoch = ?2, sum = ?3 WHERE id = ?1")?;
    for seq in row.kept() + 1..=row.seq {
        let (id, at, kind, body): (i64, i64, i64, Vec<u8>) = read
            .query_row(params![row.id, to_stored(seq)?], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        sign.execute(params![id, epoch, sum::entry(Place { stream, epoch, seq }, at, kind, &body)])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_is_past_those_before_it() {
        assert_eq!(epoch_after(1, 1_795_420_800_999).unwrap(), 1_795_420_800);
        assert_eq!(epoch_after(1_795_420_800, 1_795_420_800_000).unwrap(), 1_795_420_801);
        assert_eq!(epoch_after(7, -5).unwrap(), 8);
        assert_eq!(epoch_after(7, i64::MAX).unwrap(), 8);
        assert!(epoch_after(Epoch::MAX, 0).is_err());
    }
}
