//! How long, deep and full a JSON text is, in one pass and constant memory, before anything parses it.
//! Knows nothing of boards.

use super::{ImportCode, ImportError, bad};
use crate::limits;

/// Values that a file may hold, however small each is: an object has at most 28 fields, a set of words 14 elements, and few
/// organisations agree on a goal.
pub(super) const VALUES: usize = limits::LIVE_OBJECTS * 64;

pub(super) fn check(bytes: &[u8]) -> Result<(), ImportError> {
    if bytes.len() > limits::IMPORT_BYTES {
        return bad(ImportCode::TooLarge, "", format!("at most {} bytes", limits::IMPORT_BYTES));
    }
    let mut depth = 0_usize;
    let mut values = 1_usize;
    let mut in_string = false;
    let mut escaped = false;
    for byte in bytes {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => {
                depth += 1;
                values += 1;
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if depth > limits::IMPORT_DEPTH {
            return bad(ImportCode::TooDeep, "", format!("at most {} levels", limits::IMPORT_DEPTH));
        }
        if values > VALUES {
            return bad(ImportCode::TooMany, "", format!("at most {VALUES} values"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: &[u8]) -> Option<ImportCode> {
        check(bytes).err().map(|error| error.code)
    }

    #[test]
    fn each_bound_at_it_and_one_past() {
        let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert_eq!(code(deep(limits::IMPORT_DEPTH).as_bytes()), None);
        assert_eq!(code(deep(limits::IMPORT_DEPTH + 1).as_bytes()), Some(ImportCode::TooDeep));
        assert_eq!(code(&vec![b' '; limits::IMPORT_BYTES]), None);
        assert_eq!(code(&vec![b' '; limits::IMPORT_BYTES + 1]), Some(ImportCode::TooLarge));
        assert_eq!(code(&vec![b','; VALUES - 1]), None);
        assert_eq!(code(&vec![b','; VALUES]), Some(ImportCode::TooMany));
    }

    #[test]
    fn what_stands_in_strings_does_not_count() {
        let text = format!("[\"{}\\\"{}\"]", "[".repeat(100), "{,".repeat(VALUES));
        assert_eq!(code(text.as_bytes()), None);
    }
}
