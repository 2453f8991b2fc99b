//! In which frame of this board a part happens that names its area. Knows no people and no parts that do not begin.

use super::{
    actor::{Actor, End},
    aside::aside,
};
use crate::{
    board::{read, value::ItemKind},
    facilitation::{Event, Run},
    ids::PartId,
};

impl Actor {
    /// Writes into what begins or changes parts the frame of the title that they name: the first, if several have it.
    pub(super) async fn find_areas(&mut self, events: &mut [Event]) -> Result<(), End> {
        let state = self.session.state();
        let named = |part: PartId| state.workshop().map(Run::agenda)?.part(part)?.area.clone();
        let mut frames: Option<Vec<(String, String)>> = None;
        for event in events {
            let (area, frame) = match event {
                Event::PartStarted { part, frame, .. } => (named(*part), frame),
                Event::PartChanged { part, .. } => (part.area.clone(), &mut part.frame),
                _ => continue,
            };
            let Some(area) = area else { continue };
            let frames = match &mut frames {
                Some(frames) => frames,
                none => none.insert(self.frames().await?),
            };
            let wanted = folded(&area);
            *frame = frames.iter().find(|(title, _)| *title == wanted).map(|(_, id)| id.clone());
        }
        Ok(())
    }

    /// Titles and ids of the board's frames.
    async fn frames(&mut self) -> Result<Vec<(String, String)>, End> {
        let document = self.encode().await?;
        let read = aside(move || read::from_update(&document)).await.map_err(|error| error.to_string());
        match read.and_then(|board| board.map_err(|error| error.to_string())) {
            Ok(board) => {
                let frames = board.items.into_iter().filter(|item| item.kind == ItemKind::Frame);
                Ok(frames.map(|frame| (folded(&frame.text), frame.id)).collect())
            }
            Err(error) => {
                // The part begins all the same, without a frame.
                tracing::warn!(board = %self.board, %error, "the board's frames cannot be read");
                Ok(vec![])
            }
        }
    }
}

/// As titles are compared: however they are spaced and capitalised.
fn folded(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
