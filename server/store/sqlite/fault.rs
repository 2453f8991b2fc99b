//! What SQLite's errors mean to the store. Knows no tables.

use rusqlite::{Error, ErrorCode, ffi};

use crate::error::StoreError;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let text = match &error {
            // The number tells reading from writing from syncing.
            Error::SqliteFailure(failure, _) => format!("{error} (SQLite code {})", failure.extended_code),
            _ => error.to_string(),
        };
        match error {
            Error::QueryReturnedNoRows => Self::NotFound,
            Error::SqliteFailure(failure, _) => of_code(failure, text),
            // A value of another type or size than the schema's: nobody but this program writes here.
            Error::FromSqlConversionFailure(..)
            | Error::InvalidColumnType(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::Utf8Error(..) => Self::Corrupt(text),
            _ => Self::Other(text),
        }
    }
}

fn of_code(failure: ffi::Error, text: String) -> StoreError {
    match failure.code {
        ErrorCode::DiskFull => StoreError::Full,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Corrupt(text),
        ErrorCode::ConstraintViolation => match failure.extended_code {
            ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_UNIQUE => StoreError::Exists,
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => StoreError::NotFound,
            _ => StoreError::Other(text),
        },
        // Nothing is wrong with the disk: this one attempt did not get through.
        ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::OutOfMemory
        | ErrorCode::TooBig
        | ErrorCode::OperationInterrupted
        | ErrorCode::FileLockingProtocolFailed => StoreError::Other(text),
        _ => StoreError::Failing(text),
    }
}

/// Whether it may be for want of room. SQLite tells a full disk from a broken one where it writes the log; not where a
/// quota is used up, nor where the memory that it shares between processes does not fit.
pub(super) fn may_want_room(error: &StoreError) -> bool {
    let StoreError::Failing(text) = error else { return false };
    let of = |code: i32| text.ends_with(&format!("(SQLite code {code})"));
    of(ffi::SQLITE_IOERR_WRITE) || of(ffi::SQLITE_IOERR_SHMSIZE)
}

/// The same for connections that only read: an error there says nothing about writing.
pub(super) fn while_reading(error: StoreError) -> StoreError {
    match error {
        StoreError::Failing(text) => StoreError::Other(text),
        StoreError::Full => StoreError::Other("no room for temporary data".into()),
        other => other,
    }
}

/// A number as SQLite keeps it.
pub(super) fn to_stored(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::Other(format!("{number} is past what can be stored")))
}

/// A number as it was kept; a negative one was never written.
pub(super) fn from_stored(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| StoreError::Corrupt(format!("a number is {number}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(extended: i32) -> StoreError {
        Error::SqliteFailure(ffi::Error::new(extended), None).into()
    }

    #[test]
    fn only_a_write_may_have_failed_for_want_of_room() {
        assert!(may_want_room(&of(ffi::SQLITE_IOERR_WRITE)) && may_want_room(&of(ffi::SQLITE_IOERR_SHMSIZE)));
        for other in [ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_READ, ffi::SQLITE_IOERR, ffi::SQLITE_CORRUPT] {
            assert!(!may_want_room(&of(other)), "{other}");
        }
        assert!(matches!(of(ffi::SQLITE_FULL), StoreError::Full));
    }
}
