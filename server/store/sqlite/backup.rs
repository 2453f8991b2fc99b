//! Copying the database while a server writes to it. Knows no server: it opens its own connection.

use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use rusqlite::Connection;

use super::{
    connection::{Use, check_version, connect},
    fault::while_reading,
    folder::{database, private, sync_folder, unwritable},
    reading,
};
use crate::error::StoreError;

/// Writes a copy of the database in `data`, as of one moment, to the file `to`; the server may run.
///
/// The copy is made beside `to` under another name, synced, checked (the database's structure, and every checksum
/// and number of every stream), and only then gets its name, so that a file of that name is always a whole backup.
///
/// # Errors
/// [`StoreError::NotFound`] when `data` holds no database, [`StoreError::Exists`] when `to` is there already,
/// [`StoreError::ReadOnly`] when it cannot be written, [`StoreError::Full`] without room,
/// [`StoreError::Corrupt`] when the data is damaged. No file is left behind then.
pub fn backup(data: &Path, to: &Path) -> Result<(), StoreError> {
    let from = database(data);
    if !from.is_file() {
        return Err(StoreError::NotFound);
    }
    if fs::symlink_metadata(to).is_ok() {
        return Err(StoreError::Exists);
    }
    let part = Part::beside(to)?;
    copy(&from, &part.path)?;
    check(&part.path)?;
    part.name(to).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => StoreError::Exists,
        _ => unwritable(to, &error),
    })
}

fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let source = connect(from, Use::Write)?;
    check_version(&source)?;
    let name = to.to_str().ok_or_else(|| StoreError::Other("the backup's path is not UTF-8".into()))?;
    // The writer's errors are its own; here a failed write only means that there is no backup.
    source.execute("VACUUM INTO ?1", [name]).map_err(|error| match StoreError::from(error) {
        StoreError::Full => StoreError::Full,
        other => while_reading(other),
    })?;
    File::open(to).and_then(|file| file.sync_all()).map_err(|error| unwritable(to, &error))
}

pub(super) fn check(path: &Path) -> Result<(), StoreError> {
    let copy: Connection = connect(path, Use::Read)?;
    let verdict: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Corrupt(verdict));
    }
    reading::verify(&copy)
}

/// A copy that has not got its name yet; it goes when it never gets one.
pub(super) struct Part {
    path: PathBuf,
}

impl Part {
    pub(super) fn beside(to: &Path) -> Result<Self, StoreError> {
        let mut name = to.file_name().ok_or_else(|| StoreError::ReadOnly(to.display().to_string()))?.to_owned();
        name.push(format!(".{}.part", ulid::Ulid::generate()));
        let path = to.with_file_name(name);
        private(&path).map_err(|error| unwritable(to, &error))?;
        Ok(Self { path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the copy its name, unless a file of that name came in the meantime.
    pub(super) fn name(self, to: &Path) -> io::Result<()> {
        match fs::hard_link(&self.path, to) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
            // A file system without links. The name was free a moment ago.
            Err(_) => fs::rename(&self.path, to)?,
        }
        drop(self);
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
        sync_folder(folder.unwrap_or(Path::new(".")))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Gone already when it was renamed.
        let _ = fs::remove_file(&self.path);
        // SQLite's own, when it was in the midst of a transaction.
        let mut journal = self.path.as_os_str().to_owned();
        journal.push("-journal");
        let _ = fs::remove_file(PathBuf::from(journal));
    }
}
