//! The board as a PNG picture: the SVG one, painted in bands. Knows no kinds and no I/O.
//!
//! The picture is set and painted a few elements at a time into one band after the other, so that a board of any size
//! takes little memory and is stopped at once.

use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{self, Options, Rect},
};

use super::{
    Failure, fonts,
    progress::{Progress, WHOLE},
    svg,
    words::Words,
};
use crate::board::value::Board;

/// The longest side, in pixels: what most programs still open.
pub const SIDE: u32 = 16_384;
/// Pixels in all: 64 Mi, a poster.
pub const PIXELS: u64 = 64 * 1024 * 1024;
/// Pixels of a board's unit where there is room for them.
pub const SCALE: f64 = 2.0;
/// Pixels of a band.
const BAND: u64 = 8 * 1024 * 1024;
/// Elements that are set and painted at once.
const ELEMENTS: usize = 64;
/// Where in the whole the drawing ends.
const DRAWN: u32 = 200;

/// Paints a board.
///
/// # Errors
/// [`Failure`].
pub fn write(board: &Board, words: Words, progress: &Progress) -> Result<Vec<u8>, Failure> {
    let picture = svg::draw(board, words, &mut progress.part(0, DRAWN, svg::steps(board)))?;
    let (width, height, scale) = size(picture.size());
    let options = Options { fontdb: fonts::all(), font_family: fonts::FAMILY.to_owned(), ..Options::default() };
    let layers = picture.layers(ELEMENTS).count();
    let rows = band_rows(width, height);
    let mut part = progress.part(DRAWN, WHOLE, layers * usize::try_from(height.div_ceil(rows)).unwrap_or(1));

    let mut out = Vec::new();
    {
        let mut encoder = png::Encoder::new(&mut out, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        let mut writer = encoder.write_header().map_err(failed)?;
        let mut stream = writer.stream_writer().map_err(failed)?;
        // Where a layer has something to paint is known once it was set.
        let mut extents: Vec<Option<(f32, f32)>> = Vec::with_capacity(layers);
        let mut top = 0;
        while top < height {
            let high = rows.min(height - top);
            let mut pixmap =
                Pixmap::new(width, high).ok_or_else(|| Failure::Broken("no room for a band".to_owned()))?;
            pixmap.fill(Color::WHITE);
            let within = |(first, last): (f32, f32)| last * scale >= top as f32 && first * scale <= (top + high) as f32;
            for (at, layer) in picture.layers(ELEMENTS).enumerate() {
                part.step()?;
                if extents.get(at).is_some_and(|extent| !extent.is_some_and(within)) {
                    continue;
                }
                let tree = usvg::Tree::from_str(&layer, &options).map_err(failed)?;
                if extents.len() <= at {
                    extents.push(extent(&tree));
                }
                let transform = Transform::from_scale(scale, scale).post_translate(0.0, -(top as f32));
                resvg::render(&tree, transform, &mut pixmap.as_mut());
            }
            for row in pixmap.data().chunks_exact(4 * width as usize) {
                progress.check()?;
                std::io::Write::write_all(&mut stream, &opaque(row)).map_err(failed)?;
            }
            top += high;
        }
        stream.finish().map_err(failed)?;
        writer.finish().map_err(failed)?;
    }
    Ok(out)
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::Broken(error.to_string())
}

/// Width, height and scale of the picture of a board of this size.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "within the caps"
)]
fn size((w, h): (i64, i64)) -> (u32, u32, f32) {
    let (w, h) = (w.max(1) as f64, h.max(1) as f64);
    let side = f64::from(SIDE);
    let scale = SCALE.min(side / w).min(side / h).min((PIXELS as f64 / (w * h)).sqrt());
    // Down, so that neither cap is passed; a side is at least a pixel.
    let pixels = |length: f64| (length * scale).floor().clamp(1.0, side) as u32;
    (pixels(w), pixels(h), scale as f32)
}

fn band_rows(width: u32, height: u32) -> u32 {
    let rows = u32::try_from(BAND / u64::from(width.max(1))).unwrap_or(u32::MAX);
    rows.clamp(1, height.max(1))
}

/// From where to where down the picture something is painted.
fn extent(tree: &usvg::Tree) -> Option<(f32, f32)> {
    let bounds: Rect = tree.root().abs_layer_bounding_box().to_rect();
    // A hairline or a rounding more.
    tree.root().has_children().then_some((bounds.top() - 4.0, bounds.bottom() + 4.0))
}

/// Without transparency: the ground is white, so there is none.
fn opaque(row: &[u8]) -> Vec<u8> {
    row.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_boards_are_drawn_twice_as_large_and_large_ones_within_the_caps() {
        assert_eq!(size((800, 600)), (1_600, 1_200, 2.0));
        assert_eq!(size((8_192, 2_000)), (16_384, 4_000, 2.0));
        // One unit more than the side takes at the full scale.
        let (w, h, scale) = size((8_193, 2_000));
        assert!(w <= SIDE && (16_380..=16_384).contains(&w) && h < 4_000 && scale < 2.0);
        assert_eq!(size((4_096, 4_096)), (8_192, 8_192, 2.0));
        let (w, h, scale) = size((4_097, 4_096));
        assert!(u64::from(w) * u64::from(h) <= PIXELS && scale < 2.0 && scale > 1.99);
        for board in [(1, 1), (2_000_000, 1), (1, 2_000_000), (40_000_000_000, 40_000_000_000), (0, 0), (i64::MAX, 3)] {
            let (w, h, scale) = size(board);
            assert!((1..=SIDE).contains(&w) && (1..=SIDE).contains(&h) && u64::from(w) * u64::from(h) <= PIXELS);
            assert!(scale > 0.0);
        }
    }

    #[test]
    fn a_band_is_at_least_a_row_and_at_most_the_picture() {
        assert_eq!((band_rows(16_384, 4_096), band_rows(100, 50), band_rows(u32::MAX, 10)), (512, 50, 1));
    }
}
