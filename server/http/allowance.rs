//! How many bytes a connection may still send before somebody says more. Knows no frames.
//!
//! The WebSocket library takes one size limit for a socket's whole life, and that must let a large synchronisation
//! through. Before anybody has signed in, the connection itself takes far less.

use std::sync::atomic::{AtomicUsize, Ordering};

/// What is left; without limit unless a socket sets one.
#[derive(Debug)]
pub struct Allowance(AtomicUsize);

const WITHOUT_LIMIT: usize = usize::MAX;

impl Default for Allowance {
    fn default() -> Self {
        Self(AtomicUsize::new(WITHOUT_LIMIT))
    }
}

impl Allowance {
    /// So many bytes from now on.
    pub fn set(&self, bytes: usize) {
        self.0.store(bytes, Ordering::Relaxed);
    }

    /// As many as it likes.
    pub fn lift(&self) {
        self.set(WITHOUT_LIMIT);
    }

    /// Whether nothing more may come.
    #[must_use]
    pub fn is_used_up(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }

    /// Counts bytes that came. One read of the connection may go past what is left.
    pub fn spend(&self, bytes: usize) {
        let left = self.0.load(Ordering::Relaxed);
        if left != WITHOUT_LIMIT {
            self.set(left.saturating_sub(bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_limit_and_one_past_it_and_without() {
        let allowance = Allowance::default();
        allowance.spend(usize::MAX - 1);
        assert!(!allowance.is_used_up());
        allowance.set(10);
        allowance.spend(9);
        assert!(!allowance.is_used_up());
        allowance.spend(1);
        assert!(allowance.is_used_up());
        allowance.lift();
        allowance.spend(100);
        assert!(!allowance.is_used_up());
    }
}
