//! Signs of 16 by 16 that say the kind of a card without colour. Know no items.

use super::{
    draw::Draw,
    palette::{self, Look},
    pen::{Attr, Tag},
};
use crate::board::value::{ItemKind, Rect};

/// Draws the sign of a kind, its top left corner at `x`, `y`.
pub(super) fn sign(draw: &mut Draw<'_>, kind: ItemKind, look: Look, x: f64, y: f64) {
    let mut pencil = Pencil { draw, look, x, y };
    match kind {
        // A warning triangle.
        ItemKind::Obstacle => {
            pencil.filled(&[(8.0, 0.5), (15.7, 15.0), (0.3, 15.0)]);
            pencil.line_in(palette::PAPER, &[(8.0, 5.6), (8.0, 10.2)]);
            pencil.line_in(palette::PAPER, &[(8.0, 12.6), (8.0, 12.7)]);
        }
        // Two rings that meet.
        ItemKind::Cooperation => {
            pencil.ring(5.4, 8.0, "4.6");
            pencil.ring(10.6, 8.0, "4.6");
        }
        // An hourglass.
        ItemKind::Bottleneck => {
            pencil.filled(&[(2.5, 1.5), (13.5, 1.5), (8.6, 8.0), (13.5, 14.5), (2.5, 14.5), (7.4, 8.0)]);
        }
        // A flash.
        ItemKind::PainPoint => {
            pencil.filled(&[(9.6, 0.5), (3.0, 9.2), (7.4, 9.2), (6.2, 15.5), (13.0, 6.4), (8.6, 6.4)]);
        }
        // A question mark in a ring.
        ItemKind::Question => {
            pencil.ring(8.0, 8.0, "7");
            pencil.line(&[(5.9, 6.2), (6.3, 4.9), (8.0, 4.2), (9.7, 4.9), (10.0, 6.3), (8.1, 8.2), (8.0, 9.4)]);
            pencil.line(&[(8.0, 11.9), (8.0, 12.0)]);
        }
        // A lamp.
        ItemKind::Idea => {
            pencil.ring(8.0, 6.2, "5");
            pencil.line(&[(6.0, 12.6), (10.0, 12.6)]);
            pencil.line(&[(6.8, 15.0), (9.2, 15.0)]);
        }
        // A spark.
        ItemKind::Insight => {
            let (far, near) = (7.6, 2.1);
            pencil.filled(&[
                (8.0, 8.0 - far),
                (8.0 + near, 8.0 - near),
                (8.0 + far, 8.0),
                (8.0 + near, 8.0 + near),
                (8.0, 8.0 + far),
                (8.0 - near, 8.0 + near),
                (8.0 - far, 8.0),
                (8.0 - near, 8.0 - near),
            ]);
        }
        // A magnifying glass.
        ItemKind::Evidence => {
            pencil.ring(6.6, 6.6, "5");
            pencil.line(&[(10.4, 10.4), (15.0, 15.0)]);
        }
        // An open book.
        ItemKind::Term => {
            pencil.line(&[(8.0, 3.4), (1.4, 2.0), (1.4, 12.6), (8.0, 14.2), (14.6, 12.6), (14.6, 2.0), (8.0, 3.4)]);
            pencil.line(&[(8.0, 3.4), (8.0, 14.0)]);
        }
        // A hand-written name on a line.
        ItemKind::Commitment => {
            pencil.line(&[(1.6, 9.6), (4.4, 3.2), (5.6, 9.6), (8.0, 5.2), (9.6, 9.6), (12.0, 7.6), (14.4, 8.8)]);
            pencil.line(&[(1.6, 13.6), (14.4, 13.6)]);
        }
        // A target.
        ItemKind::Goal => {
            pencil.ring(8.0, 8.0, "7");
            pencil.ring(8.0, 8.0, "2.6");
        }
        // A flag.
        _ => {
            pencil.filled(&[(3.6, 1.6), (14.4, 4.6), (3.6, 8.4)]);
            pencil.line(&[(3.0, 0.8), (3.0, 15.2)]);
        }
    }
}

/// A speech bubble on the corner: what is written there was said to who wrote it.
pub(super) fn entered(draw: &mut Draw<'_>, rect: Rect) {
    let (x, y, w, _) = Draw::floats(rect);
    let corner = |(dx, dy): &(f64, f64)| format!("{:.1} {:.1}", x + w - 10.0 + dx, y - 6.0 + dy);
    let bubble = [(0.0, 0.0), (16.0, 0.0), (16.0, 10.0), (8.0, 10.0), (3.0, 15.0), (3.0, 10.0), (0.0, 10.0)];
    let points = bubble.iter().map(corner).collect::<Vec<_>>().join(" ");
    let attributes = [(Attr::Points, points.as_str()), (Attr::Fill, palette::MUTED), (Attr::Stroke, palette::PAPER)];
    draw.pen.shape(Tag::Polygon, &attributes);
}

/// Draws on a field of 16 by 16.
struct Pencil<'a, 'b> {
    draw: &'a mut Draw<'b>,
    look: Look,
    x: f64,
    y: f64,
}

impl Pencil<'_, '_> {
    fn at(&self, (dx, dy): (f64, f64)) -> String {
        format!("{:.1} {:.1}", self.x + dx, self.y + dy)
    }

    fn filled(&mut self, corners: &[(f64, f64)]) {
        let points = corners.iter().map(|corner| self.at(*corner)).collect::<Vec<_>>().join(" ");
        self.draw.pen.shape(Tag::Polygon, &[(Attr::Points, &points), (Attr::Fill, self.look.edge)]);
    }

    fn line(&mut self, points: &[(f64, f64)]) {
        self.line_in(self.look.edge, points);
    }

    fn line_in(&mut self, color: &str, points: &[(f64, f64)]) {
        let path = points.iter().map(|point| self.at(*point)).collect::<Vec<_>>().join(" L ");
        self.draw.stroke(&format!("M {path}"), color, "1.8", "");
    }

    fn ring(&mut self, dx: f64, dy: f64, radius: &str) {
        let (cx, cy) = (format!("{:.1}", self.x + dx), format!("{:.1}", self.y + dy));
        self.draw.pen.shape(
            Tag::Circle,
            &[
                (Attr::Cx, &cx),
                (Attr::Cy, &cy),
                (Attr::R, radius),
                (Attr::Fill, "none"),
                (Attr::Stroke, self.look.edge),
                (Attr::StrokeWidth, "1.8"),
            ],
        );
    }
}
