//! Named places at which the process dies when it is told to: the hook of the proof that a crash loses nothing. Knows
//! nothing of what happens at them.
//!
//! The program that is proved is the program that people run. Nothing is armed unless whoever starts it asks for it
//! (`--crash-at`, not in the help), and then one place; a place that is not armed costs one relaxed load.

use std::{
    fmt,
    path::PathBuf,
    process,
    str::FromStr,
    sync::{
        OnceLock,
        atomic::{AtomicU8, AtomicU64, Ordering},
    },
};

macro_rules! points {
    ($($(#[$doc:meta])* $point:ident = $name:literal,)+) => {
        /// A place in the life of an edit, a checkpoint, an epoch or a record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Point {
            $($(#[$doc])* $point,)+
        }

        impl Point {
            pub const ALL: &[Self] = &[$(Self::$point,)+];

            /// The name in `--crash-at`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$point => $name,)+
                }
            }
        }
    };
}

points! {
    /// A batch is judged; the journal has not been asked.
    BeforeAppend = "before-append",
    /// The transaction holds the records of a commit, not yet its entries.
    InRecords = "in-records",
    /// The transaction holds everything; it is not committed.
    BeforeCommit = "before-commit",
    /// Committed and synced; nobody knows.
    AfterCommit = "after-commit",
    /// The room knows that a batch is durable; its document does not have it.
    BeforeApply = "before-apply",
    /// Applied; nobody has been told.
    BeforeBroadcast = "before-broadcast",
    /// Everyone's queue has it; its author's has no acknowledgement.
    BeforeAcknowledge = "before-acknowledge",
    /// Taken from a socket's queue, not written to it.
    BeforeSend = "before-send",
    /// Written to one socket.
    AfterSend = "after-send",
    /// What was written in private is put together; the journal has not been asked.
    BeforeReveal = "before-reveal",
    /// Within the transaction the drafts are deleted; what was in them is not yet on the board.
    InReveal = "in-reveal",
    /// What was written in private is durable on the board; nobody has been told.
    AfterReveal = "after-reveal",
    /// A checkpoint is to be kept; nothing is written.
    BeforeCheckpoint = "before-checkpoint",
    /// The older checkpoint is deleted within the transaction, the new one not there.
    InCheckpoint = "in-checkpoint",
    /// The checkpoint is durable; nobody knows.
    AfterCheckpoint = "after-checkpoint",
    /// The write-ahead log is to be moved into the database.
    BeforeLogMove = "before-log-move",
    /// It has been moved.
    AfterLogMove = "after-log-move",
    /// An epoch is to begin; nothing is written.
    BeforeEpoch = "before-epoch",
    /// Within its transaction everything old is deleted, nothing new is there.
    InEpoch = "in-epoch",
    /// The epoch has begun; nobody knows, and the log still holds what it took away.
    AfterEpoch = "after-epoch",
    /// A migration of the database has run and is not committed.
    InMigration = "in-migration",
}

impl FromStr for Point {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let names = || Self::ALL.iter().map(|point| point.name()).collect::<Vec<_>>().join(", ");
        let found = Self::ALL.iter().find(|point| point.name() == text);
        found.copied().ok_or_else(|| format!("there is no crash point {text}; there are {}", names()))
    }
}

/// Where to die: `NAME`, `NAME:N` for the n-th passing, `NAME:N@FILE` to count from when the file is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrashAt {
    pub point: Point,
    /// Counted from 1.
    pub passing: u64,
    pub once: Option<PathBuf>,
}

impl FromStr for CrashAt {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (place, once) = match text.split_once('@') {
            Some((place, file)) => (place, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let (name, passing) = match place.split_once(':') {
            Some((name, number)) => (name, number.parse().map_err(|_| format!("{number} is not a number"))?),
            None => (place, 1),
        };
        if passing == 0 {
            return Err("passings count from 1".to_owned());
        }
        Ok(Self { point: name.parse()?, passing, once })
    }
}

impl fmt::Display for CrashAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.point.name(), self.passing)?;
        self.once.as_ref().map_or(Ok(()), |file| write!(f, "@{}", file.display()))
    }
}

const NOTHING: u8 = u8::MAX;
static ARMED: AtomicU8 = AtomicU8::new(NOTHING);
static LEFT: AtomicU64 = AtomicU64::new(0);
static ONCE: OnceLock<PathBuf> = OnceLock::new();

/// Arms one place for the life of the process.
pub fn arm(at: CrashAt) {
    if let Some(file) = at.once {
        // A process is armed once.
        let _ = ONCE.set(file);
    }
    LEFT.store(at.passing, Ordering::Release);
    ARMED.store(at.point as u8, Ordering::Release);
}

/// The process passes this place, or ends here.
#[inline]
pub fn pass(point: Point) {
    if ARMED.load(Ordering::Relaxed) == point as u8 {
        count(point);
    }
}

#[cold]
fn count(point: Point) {
    if ONCE.get().is_some_and(|file| !file.exists()) {
        return;
    }
    if LEFT.fetch_sub(1, Ordering::AcqRel) == 1 {
        // As kill -9 does: nothing is unwound, flushed or closed.
        eprintln!("crash point {}", point.name());
        process::abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_is_found_by_its_name() {
        for &point in Point::ALL {
            assert_eq!(point.name().parse(), Ok(point));
        }
        assert!("after-lunch".parse::<Point>().unwrap_err().contains("before-append, in-records"));
    }

    #[test]
    fn where_to_die_is_read_as_it_is_written() {
        for (text, passing, once) in [
            ("in-epoch", 1, None),
            ("in-epoch:7", 7, None),
            ("in-epoch:7@/tmp/now", 7, Some("/tmp/now")),
            ("in-epoch@/tmp/now", 1, Some("/tmp/now")),
        ] {
            let read: CrashAt = text.parse().unwrap();
            assert_eq!(read, CrashAt { point: Point::InEpoch, passing, once: once.map(PathBuf::from) });
            assert_eq!(read.to_string().parse(), Ok(read));
        }
        for wrong in ["", "in-epoch:", "in-epoch:x", "in-epoch:0", "epoch:1"] {
            assert!(wrong.parse::<CrashAt>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_armed_is_passed() {
        Point::ALL.iter().for_each(|point| pass(*point));
    }
}
