//! State vectors: which clock of which client a peer has. Knows only bytes.

use std::collections::HashSet;

use super::reader::{Reader, limit, malformed, write_number};
use crate::{error::Refusal, limits};

/// Reads a peer's state vector (sync step 1), as (client id, clock) pairs. `gate_clients` is how many clients the
/// board knows: a peer may name those and some that it made and has not sent.
///
/// # Errors
/// `Malformed`, or `Limit` when it names too many clients, or a clock that cannot be.
pub fn read_state_vector(bytes: &[u8], gate_clients: usize) -> Result<Vec<(u64, u32)>, Refusal> {
    let mut reader = Reader::new(bytes);
    let count = reader.count()?;
    if count > gate_clients.saturating_add(limits::UNKNOWN_CLIENTS) {
        return Err(limit("clients"));
    }
    let mut vector = Vec::with_capacity(count);
    let mut seen = HashSet::with_capacity(count);
    for _ in 0..count {
        let (client, clock) = (reader.client()?, reader.clock()?);
        if !seen.insert(client) {
            return Err(malformed("client twice"));
        }
        vector.push((u64::from(client), clock));
    }
    if reader.remaining() == 0 { Ok(vector) } else { Err(malformed("bytes after the end")) }
}

/// A state vector in lib0-v1 encoding, as sync step 1 carries it.
#[must_use]
pub fn write_state_vector(vector: &[(u64, u32)]) -> Vec<u8> {
    let mut out = Vec::new();
    write_number(&mut out, vector.len() as u64);
    for (client, clock) in vector {
        write_number(&mut out, *client);
        write_number(&mut out, u64::from(*clock));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::RefusalCode;

    #[test]
    fn round_trip() {
        let vector = vec![(7, 3), (u64::from(u32::MAX), 2_147_483_647)];
        assert_eq!(read_state_vector(&write_state_vector(&vector), 0).unwrap(), vector);
        assert_eq!(read_state_vector(&[0], 0).unwrap(), vec![]);
    }

    #[test]
    fn clients_at_the_limit_and_past_it() {
        let vector = |count: usize| write_state_vector(&(0..count as u64).map(|c| (c, 1)).collect::<Vec<_>>());
        assert!(read_state_vector(&vector(limits::UNKNOWN_CLIENTS + 3), 3).is_ok());
        let refusal = read_state_vector(&vector(limits::UNKNOWN_CLIENTS + 4), 3).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::Limit);
    }

    #[test]
    fn what_cannot_be() {
        assert!(read_state_vector(&[], 0).is_err());
        assert!(read_state_vector(&[2, 1, 1, 1, 1], 0).is_err());
        assert!(read_state_vector(&[1, 1, 1, 1], 0).is_err());
        assert!(read_state_vector(&[0xff, 0xff, 0xff, 0xff, 0x0f], 9).is_err());
        assert!(read_state_vector(&write_state_vector(&[(1, 1 << 31)]), 0).is_err());
        assert!(read_state_vector(&write_state_vector(&[(1 << 32, 1)]), 0).is_err());
    }
}
