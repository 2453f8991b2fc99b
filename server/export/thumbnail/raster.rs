//! A grid of pixels in sixteen colours, and its PNG. Knows no boards.

/// A colour of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Paper,
    Lane,
    Customer,
    Edge,
    Line,
    Step,
    Writing,
    Yellow,
    Green,
    Blue,
    Pink,
    Violet,
    Orange,
    Grey,
}

/// Red, green, blue of each ink, in their order.
const PALETTE: [[u8; 3]; 14] = [
    [0xff, 0xff, 0xff],
    [0xee, 0xf2, 0xf5],
    [0xe0, 0xf0, 0xec],
    [0xa9, 0xb8, 0xc4],
    [0x5f, 0x72, 0x82],
    [0x35, 0x64, 0x7f],
    [0x8b, 0x97, 0xa1],
    [0xff, 0xe0, 0x85],
    [0xb5, 0xdd, 0xb5],
    [0xb4, 0xd5, 0xee],
    [0xf5, 0xba, 0xc4],
    [0xd0, 0xc3, 0xea],
    [0xfa, 0xcd, 0x9c],
    [0xd5, 0xdc, 0xe1],
];

/// A rectangle of pixels; right and bottom are the first ones outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) right: usize,
    pub(super) bottom: usize,
}

impl Area {
    /// So many pixels smaller on each side; empty when it has no inside.
    pub(super) fn within(self, pixels: usize) -> Area {
        let (left, top) = (self.left + pixels, self.top + pixels);
        let (right, bottom) = (self.right.saturating_sub(pixels), self.bottom.saturating_sub(pixels));
        Area { left, top, right: right.max(left), bottom: bottom.max(top) }
    }

    pub(super) fn wide(self) -> usize {
        self.right.saturating_sub(self.left)
    }
}

pub(super) struct Raster {
    width: usize,
    pixels: Vec<u8>,
}

impl Raster {
    /// All paper.
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, pixels: vec![Ink::Paper as u8; width * height] }
    }

    pub(super) fn wide(&self) -> usize {
        self.width
    }

    pub(super) fn high(&self) -> usize {
        self.pixels.len() / self.width.max(1)
    }

    /// What of the area is in the picture.
    pub(super) fn fill(&mut self, area: Area, ink: Ink) {
        let right = area.right.min(self.width);
        let left = area.left.min(right);
        let rows = self.pixels.chunks_exact_mut(self.width.max(1));
        for row in rows.take(area.bottom).skip(area.top) {
            if let Some(run) = row.get_mut(left..right) {
                run.fill(ink as u8);
            }
        }
    }

    pub(super) fn edge(&mut self, area: Area, ink: Ink) {
        self.fill(Area { bottom: area.top + 1, ..area }, ink);
        self.fill(Area { top: area.bottom.saturating_sub(1), ..area }, ink);
        self.fill(Area { right: area.left + 1, ..area }, ink);
        self.fill(Area { left: area.right.saturating_sub(1), ..area }, ink);
    }

    /// A straight line, one pixel wide.
    pub(super) fn line(&mut self, from: (usize, usize), to: (usize, usize), ink: Ink) {
        let (wide, high) = (from.0.abs_diff(to.0), from.1.abs_diff(to.1));
        let steps = wide.max(high);
        let between = |from: usize, to: usize, step: usize| {
            let part = from.abs_diff(to) * step / steps.max(1);
            if to >= from { from + part } else { from - part }
        };
        for step in 0..=steps {
            let (x, y) = (between(from.0, to.0, step), between(from.1, to.1, step));
            if let Some(pixel) = self.pixels.get_mut(y * self.width + x).filter(|_| x < self.width) {
                *pixel = ink as u8;
            }
        }
    }

    /// With four bits a pixel.
    pub(super) fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let size = |pixels: usize| u32::try_from(pixels).unwrap_or(u32::MAX);
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, size(self.width), size(self.high()));
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_palette(PALETTE.concat());
        encoder.set_compression(png::Compression::Balanced);
        let mut writer = encoder.write_header()?;
        let pair = |two: &[u8]| two.iter().take(2).fold(0, |byte, pixel| byte << 4 | pixel);
        // Widths are even: a row is whole bytes.
        writer.write_image_data(&self.pixels.chunks_exact(2).map(pair).collect::<Vec<u8>>())?;
        writer.finish()?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_outside_is_left_out() {
        let mut raster = Raster::new(4, 3);
        raster.fill(Area { left: 3, top: 2, right: 9, bottom: 9 }, Ink::Line);
        raster.fill(Area { left: 9, top: 0, right: 12, bottom: 3 }, Ink::Line);
        raster.line((0, 0), (4, 0), Ink::Step);
        let expected = [5, 5, 5, 5, 0, 0, 0, 0, 0, 0, 0, 4];
        assert_eq!(raster.pixels, expected);
    }

    #[test]
    fn lines_go_from_end_to_end() {
        let mut raster = Raster::new(4, 4);
        raster.line((3, 3), (0, 0), Ink::Line);
        let diagonal = (0..4).all(|at| raster.pixels[at * 4 + at] == Ink::Line as u8);
        assert!(diagonal && raster.pixels.iter().filter(|pixel| **pixel != 0).count() == 4);
    }

    #[test]
    fn every_ink_has_a_colour() {
        assert_eq!(Ink::Grey as usize + 1, PALETTE.len());
    }
}
