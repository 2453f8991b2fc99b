//! One file per export format: a board in, bytes out. Knows no I/O and no rooms.

mod context;
pub mod csv;
mod fonts;
pub mod json;
pub mod markdown;
pub mod png;
pub mod progress;
pub mod svg;
pub mod thumbnail;
pub mod words;

use crate::board::value::Board;
use csv::{Decimal, Table};
use progress::{Progress, Stopped};
use words::Words;

/// What a board can be taken home as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// All that is on the board, to be imported again.
    Json,
    /// A report to read and to paste.
    Markdown,
    Svg,
    Png,
    NextStepsCsv,
    ObstaclesCsv,
    StepsCsv,
}

impl Format {
    pub const ALL: [Format; 7] = [
        Format::Json,
        Format::Markdown,
        Format::Svg,
        Format::Png,
        Format::NextStepsCsv,
        Format::ObstaclesCsv,
        Format::StepsCsv,
    ];

    /// How its files' names end, behind the dot after the board's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Markdown => "md",
            Format::Svg => "svg",
            Format::Png => "png",
            Format::NextStepsCsv => "next-steps.csv",
            Format::ObstaclesCsv => "obstacles.csv",
            Format::StepsCsv => "steps.csv",
        }
    }

    /// The media type.
    #[must_use]
    pub const fn media(self) -> &'static str {
        match self {
            Format::Json => "application/json",
            Format::Markdown => "text/markdown; charset=utf-8",
            Format::Svg => "image/svg+xml",
            Format::Png => "image/png",
            Format::NextStepsCsv | Format::ObstaclesCsv | Format::StepsCsv => "text/csv; charset=utf-8",
        }
    }
}

/// What is wanted of an export.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    pub format: Format,
    pub words: Words,
    pub decimal: Decimal,
    /// Milliseconds since 1970: when the export is made, which some formats say.
    pub now: i64,
}

/// Why there is no export.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// A fault of ours; the words are for the log.
    #[error("the export broke: {0}")]
    Broken(String),
}

/// Makes an export.
///
/// # Errors
/// [`Failure`].
pub fn make(board: &Board, order: Order, progress: &Progress) -> Result<Vec<u8>, Failure> {
    let Order { format, words, decimal, now } = order;
    let table = |table| csv::write(board, table, words, decimal, progress);
    let made = match format {
        Format::Json => json::make(board, now, progress)?,
        Format::Markdown => markdown::write(board, words, now, progress)?,
        Format::Svg => {
            let mut part = progress.part(0, progress::WHOLE, svg::steps(board));
            svg::draw(board, words, &mut part)?.into_bytes()
        }
        Format::Png => png::write(board, words, progress)?,
        Format::NextStepsCsv => table(Table::NextSteps)?,
        Format::ObstaclesCsv => table(Table::Obstacles)?,
        Format::StepsCsv => table(Table::Steps)?,
    };
    // Not every step that was reckoned with had to be taken.
    progress.part(0, progress::WHOLE, 1).step()?;
    Ok(made)
}
