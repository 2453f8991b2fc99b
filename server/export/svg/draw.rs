//! What all shapes share: rectangles, strokes and set text on the pen. Knows no kinds.

use super::{
    pen::{Attr, Pen, Tag},
    text::{self, Setting},
};
use crate::{board::value::Rect, export::words::Words};

/// Where to draw and in which language.
pub(super) struct Draw<'a> {
    pub(super) pen: &'a mut Pen,
    pub(super) words: Words,
}

/// The font of lines in scripts whose letters take their form from their neighbours: such a line is set in one font.
const JOINED: &str = "'DejaVu Sans', 'Segoe UI', Arial, sans-serif";

/// Letters of Hebrew, Arabic, Syriac and what else is written from right to left.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Normal,
    Bold,
}

impl Draw<'_> {
    /// A rectangle as the numbers that text is set with.
    #[expect(clippy::cast_precision_loss, reason = "board coordinates stay far below 2^52")]
    pub(super) fn floats(rect: Rect) -> (f64, f64, f64, f64) {
        (rect.x as f64, rect.y as f64, rect.w as f64, rect.h as f64)
    }

    pub(super) fn rect(&mut self, rect: Rect, corner: i64, fill: &str, edge: &str, edge_width: &str) {
        let [x, y, w, h, corner] = [rect.x, rect.y, rect.w, rect.h, corner].map(|number| number.to_string());
        self.pen.shape(
            Tag::Rect,
            &[
                (Attr::X, &x),
                (Attr::Y, &y),
                (Attr::Width, &w),
                (Attr::Height, &h),
                (Attr::Rx, &corner),
                (Attr::Fill, fill),
                (Attr::Stroke, edge),
                (Attr::StrokeWidth, edge_width),
            ],
        );
    }

    /// Only the edge of a rectangle; `dashes` may be empty.
    pub(super) fn outline(&mut self, rect: Rect, corner: i64, color: &str, width: &str, dashes: &str) {
        let [x, y, w, h, corner] = [rect.x, rect.y, rect.w, rect.h, corner].map(|number| number.to_string());
        let mut attributes = vec![
            (Attr::X, x.as_str()),
            (Attr::Y, &y),
            (Attr::Width, &w),
            (Attr::Height, &h),
            (Attr::Rx, &corner),
            (Attr::Fill, "none"),
            (Attr::Stroke, color),
            (Attr::StrokeWidth, width),
        ];
        if !dashes.is_empty() {
            attributes.push((Attr::Dashes, dashes));
        }
        self.pen.shape(Tag::Rect, &attributes);
    }

    /// A line along path data, round at its ends; `dashes` may be empty.
    pub(super) fn stroke(&mut self, path: &str, color: &str, width: &str, dashes: &str) {
        let mut attributes = vec![
            (Attr::D, path),
            (Attr::Fill, "none"),
            (Attr::Stroke, color),
            (Attr::StrokeWidth, width),
            (Attr::Join, "round"),
            (Attr::Cap, "round"),
        ];
        if !dashes.is_empty() {
            attributes.push((Attr::Dashes, dashes));
        }
        self.pen.shape(Tag::Path, &attributes);
    }

    /// Lines from `top` down; `x` is their left edge, or their middle.
    pub(super) fn lines(&mut self, setting: &Setting, x: f64, top: f64, color: &str, weight: Weight, middle: bool) {
        let (x, size) = (format!("{x:.1}"), format!("{}", setting.size));
        let mut baseline = top + setting.size;
        for line in &setting.lines {
            let y = format!("{baseline:.1}");
            let mut attributes =
                vec![(Attr::X, x.as_str()), (Attr::Y, &y), (Attr::FontSize, &size), (Attr::Fill, color)];
            if weight == Weight::Bold {
                attributes.push((Attr::Weight, "600"));
            }
            if middle {
                attributes.push((Attr::Anchor, "middle"));
            }
            if line.chars().any(is_joined) {
                attributes.push((Attr::Family, JOINED));
            }
            if !line.is_empty() {
                self.pen.words(Tag::Text, &attributes, line);
            }
            baseline += setting.leading();
        }
    }

    /// A text from the top left of a rectangle.
    pub(super) fn text_in(&mut self, rect: Rect, words: &str, sizes: &[f64], color: &str, margin: f64) {
        let (x, y, w, h) = Self::floats(rect);
        let setting = text::set(words, (w - 2.0 * margin).max(1.0), (h - 2.0 * margin).max(1.0), sizes);
        self.lines(&setting, x + margin, y + margin, color, Weight::Normal, false);
    }
}
