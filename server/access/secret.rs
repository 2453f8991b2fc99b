//! Secrets of links, sessions and tokens: made from randomness, kept as hashes. Knows not what they open.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use crate::store::records::SecretHash;

/// Bytes of randomness in a secret.
const BYTES: usize = 32;
/// The letters of a secret as text.
const LETTERS: usize = 43;

/// A secret as its holder has it. It has no `Debug` and no `Display`: it cannot end up in a log by accident.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// A new one: 256 random bits from the operating system.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(BASE64URL_NOPAD.encode(&bytes)))
    }

    /// The text, to hand it to its holder once.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the store keeps.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        digest(&self.0)
    }
}

/// The hash by which a secret that somebody sent is looked up; `None` for what cannot be a secret.
#[must_use]
pub fn hash(text: &str) -> Option<SecretHash> {
    let fits = text.len() == LETTERS && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    fits.then(|| digest(text))
}

fn digest(text: &str) -> SecretHash {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_by_its_hash_only() {
        let (one, other) = (Secret::new().unwrap(), Secret::new().unwrap());
        assert_eq!(hash(one.expose()), Some(one.hash()));
        assert_ne!(one.hash(), other.hash());
        assert_eq!(hash(""), None);
        assert_eq!(hash(&"a".repeat(44)), None);
        assert_eq!(hash(&"!".repeat(43)), None);
    }
}
