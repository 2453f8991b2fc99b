//! How many bytes a connection may still send before somebody says more. Knows no frames.
//!
//! The WebSocket library takes one size limit for a socket's whole life, and that must let a large synchronisation
//! through. Before anybody has signed in, the connection itself takes far less.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// What is left, and what came; without limit unless a socket sets one.
#[derive(Debug)]
pub struct Allowance {
    left: AtomicUsize,
    came: AtomicU64,
}

const WITHOUT_LIMIT: usize = usize::MAX;

impl Default for Allowance {
    fn default() -> Self {
        Self { left: AtomicUsize::new(WITHOUT_LIMIT), came: AtomicU64::new(0) }
    }
}

impl Allowance {
    /// So many bytes from now on.
    pub fn set(&self, bytes: usize) {
        self.left.store(bytes, Ordering::Relaxed);
    }

    /// As many as it likes.
    pub fn lift(&self) {
        self.set(WITHOUT_LIMIT);
    }

    /// Whether nothing more may come.
    #[must_use]
    pub fn is_used_up(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }

    /// Counts bytes that came. One read of the connection may go past what is left.
    pub fn spend(&self, bytes: usize) {
        self.came.fetch_add(bytes as u64, Ordering::Relaxed);
        let left = self.left.load(Ordering::Relaxed);
        if left != WITHOUT_LIMIT {
            self.set(left.saturating_sub(bytes));
        }
    }

    /// All bytes that ever came on this connection: a large message that is on its way shows here only.
    #[must_use]
    pub fn came(&self) -> u64 {
        self.came.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_limit_and_one_past_it_and_without() {
        let allowance = Allowance::default();
        allowance.spend(1_000_000_000);
        assert!(!allowance.is_used_up());
        allowance.set(10);
        allowance.spend(9);
        assert!(!allowance.is_used_up());
        allowance.spend(1);
        assert!(allowance.is_used_up());
        allowance.lift();
        let before = allowance.came();
        allowance.spend(100);
        assert!(!allowance.is_used_up());
        assert_eq!(allowance.came() - before, 100);
    }
}
