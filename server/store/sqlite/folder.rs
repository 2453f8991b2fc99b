//! The data folder: made, and held by one server at a time. Knows no SQL.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use crate::error::StoreError;

/// The name of the database file in the data folder.
pub(super) const DATABASE: &str = "jalostamo.db";
/// The name of the file that a server holds.
pub(super) const LOCK: &str = "lock";
/// Written, and taken away again, to learn whether there is room.
const ROOM: &str = "room";
const ROOM_BYTES: usize = 64 * 1024;

pub(super) fn database(data: &Path) -> PathBuf {
    data.join(DATABASE)
}

/// Makes the folder where it is missing and locks it for as long as the file lives. The operating system ends the
/// lock with the process, however that ends.
pub(super) fn hold(data: &Path) -> Result<File, StoreError> {
    make(data).map_err(|error| unwritable(data, &error))?;
    let path = data.join(LOCK);
    let lock = File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(|error| unwritable(data, &error))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => {
            Err(StoreError::Other(format!("{} cannot be locked: {error}", path.display())))
        }
    }
}

fn make(data: &Path) -> io::Result<()> {
    if !data.is_dir() {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        // What is in it is personal data: for the server's own user only.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(data)?;
        let path = data.canonicalize()?;
        if let Some(parent) = path.parent() {
            sync_folder(parent)?;
        }
    }
    Ok(())
}

/// Makes a file that is not there yet, for the server's own user only: what goes into it is personal data.
pub(super) fn private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes an empty database file where there is none; SQLite gives its working files the same permissions.
pub(super) fn make_database(data: &Path) -> Result<PathBuf, StoreError> {
    let path = database(data);
    match private(&path) {
        Ok(_) => Ok(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(path),
        Err(error) => Err(unwritable(data, &error)),
    }
}

/// Makes the names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Whether the folder's file system, or the user's quota of it, has no room.
pub(super) fn has_no_room(data: &Path) -> bool {
    let path = data.join(ROOM);
    let tried = fs::write(&path, vec![0; ROOM_BYTES]);
    // It may not even have been made.
    let _ = fs::remove_file(&path);
    tried.is_err_and(|error| matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded))
}

pub(super) fn unwritable(path: &Path, error: &io::Error) -> StoreError {
    StoreError::ReadOnly(format!("{}: {error}", path.display()))
}
