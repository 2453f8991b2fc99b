//! How far an export is, and whether anybody still wants it. Knows no formats and no threads.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// The whole of an export: [`Progress::done`] goes from 0 to this.
pub const WHOLE: u32 = 1_000;

/// Nobody wants the export any more; whoever makes it ends at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped")]
pub struct Stopped;

/// Shared by who makes an export and who waits for it.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU32,
    stopped: AtomicBool,
}

impl Progress {
    /// So much of [`WHOLE`].
    #[must_use]
    pub fn done(&self) -> u32 {
        self.done.load(Ordering::Relaxed)
    }

    /// The export is not wanted any more.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// For work between steps.
    ///
    /// # Errors
    /// [`Stopped`].
    pub fn check(&self) -> Result<(), Stopped> {
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }

    /// The part of the work from `from` to `to` of [`WHOLE`], in so many steps.
    #[must_use]
    pub fn part(&self, from: u32, to: u32, steps: usize) -> Part<'_> {
        Part { progress: self, from, to, steps: steps.max(1), at: 0 }
    }
}

/// A part of an export's work.
#[derive(Debug)]
pub struct Part<'a> {
    progress: &'a Progress,
    from: u32,
    to: u32,
    steps: usize,
    at: usize,
}

impl Part<'_> {
    /// One step more is done.
    ///
    /// # Errors
    /// [`Stopped`], as soon as somebody stopped it.
    pub fn step(&mut self) -> Result<(), Stopped> {
        self.progress.check()?;
        self.at = (self.at + 1).min(self.steps);
        let width = u64::from(self.to.saturating_sub(self.from));
        let (at, steps) = (self.at as u64, self.steps as u64);
        let done = self.from + u32::try_from(width * at / steps).unwrap_or(0);
        // Parts may be made in any order; what was shown as done stays done.
        self.progress.done.fetch_max(done.min(WHOLE), Ordering::Relaxed);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_and_never_go_back() {
        let progress = Progress::default();
        let mut part = progress.part(100, 400, 3);
        assert_eq!(progress.done(), 0);
        let seen: Vec<u32> = (0..5).map(|_| part.step().map(|()| progress.done()).unwrap()).collect();
        assert_eq!(seen, [200, 300, 400, 400, 400]);
        progress.part(0, 50, 1).step().unwrap();
        assert_eq!(progress.done(), 400);
        progress.part(400, 5_000, 1).step().unwrap();
        assert_eq!(progress.done(), WHOLE);
        assert!(progress.part(0, 10, 0).step().is_ok());
    }

    #[test]
    fn what_is_stopped_takes_no_step() {
        let progress = Progress::default();
        let mut part = progress.part(0, WHOLE, 10);
        part.step().unwrap();
        progress.stop();
        assert_eq!((part.step(), progress.check(), progress.done()), (Err(Stopped), Err(Stopped), 100));
    }
}
