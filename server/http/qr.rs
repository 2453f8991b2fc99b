//! A link as a QR code, for an SVG of the browser's own. Knows not where it leads.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::problem::{Code, Problem};

/// Light modules on every side: cameras need four.
const QUIET: usize = 4;

/// A QR code.
#[derive(Serialize, ToSchema)]
pub struct Qr {
    /// Modules on each side, the light ones around it among them.
    size: usize,
    /// The dark modules as the path of an SVG, one module a unit.
    path: String,
}

impl Qr {
    /// A text of up to some 2,000 bytes as a QR code that a seventh of its area can be taken from.
    ///
    /// # Errors
    /// 500 for a longer text: links are as long as the public URL is.
    pub fn of(text: &str) -> Result<Self, Problem> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|error| {
            tracing::error!(?error, "a link is too long for a QR code");
            Code::Internal
        })?;
        let mut path = String::new();
        for y in 0..code.size {
            let mut row = code[y].iter().take(code.size).map(|module| module.value()).enumerate().peekable();
            while let Some((x, dark)) = row.next() {
                let mut run = 1;
                while row.next_if(|(_, next)| *next == dark).is_some() {
                    run += 1;
                }
                if dark {
                    // Writing to a string cannot fail.
                    let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
                }
            }
        }
        Ok(Self { size: code.size + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use fast_qr::ModuleType;

    use super::*;

    #[test]
    fn the_path_is_the_code_with_a_quiet_zone() {
        let qr = Qr::of("https://board.example.fi/#join=abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq").unwrap();
        let code = QRBuilder::new("https://board.example.fi/#join=abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq")
            .ecl(ECL::M)
            .build()
            .unwrap();
        assert_eq!(qr.size, code.size + 8);
        let mut dark = vec![vec![false; qr.size]; qr.size];
        for run in qr.path.split('M').skip(1) {
            let (at, length) = run.split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let length: usize = length.split('v').next().unwrap().parse().unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            dark[y][x..x + length].fill(true);
        }
        for (y, row) in dark.iter().enumerate() {
            for (x, found) in row.iter().enumerate() {
                let inside = (QUIET..QUIET + code.size).contains(&x) && (QUIET..QUIET + code.size).contains(&y);
                assert_eq!(*found, inside && code[y - QUIET][x - QUIET].value(), "{x}, {y}");
            }
        }
        // The one module that every code has at this place and in this colour only: rows are rows.
        assert_eq!(code[code.size - 8][8].module_type(), ModuleType::DarkModule);
    }

    #[test]
    fn a_text_that_no_code_holds_is_an_error() {
        assert!(Qr::of(&"x".repeat(2_000)).is_ok());
        assert!(Qr::of(&"x".repeat(3_000)).is_err());
    }
}
