//! Writes SVG from a closed list of elements and attributes: what is not on the list cannot be written.
//! Knows nothing of boards.

use std::fmt::Write;

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// All of them, as written.
            pub const ALL: &'static [&'static str] = &[$($text),+];

            const fn text(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }
    };
}

names!(
    /// The elements: shapes and text, nothing that runs, loads or links.
    Tag {
        Svg = "svg", Title = "title", Desc = "desc", Group = "g", Rect = "rect", Circle = "circle", Path = "path",
        Polygon = "polygon", Text = "text",
    }
);
names!(
    /// The attributes.
    Attr {
        Xmlns = "xmlns", ViewBox = "viewBox", Width = "width", Height = "height", Role = "role", Lang = "xml:lang",
        LabelledBy = "aria-labelledby", Id = "id", X = "x", Y = "y", Cx = "cx", Cy = "cy", R = "r", Rx = "rx", D = "d",
        Points = "points", Fill = "fill", FillOpacity = "fill-opacity", Stroke = "stroke", StrokeWidth = "stroke-width",
        Dashes = "stroke-dasharray", Join = "stroke-linejoin", Cap = "stroke-linecap", Family = "font-family",
        FontSize = "font-size", Weight = "font-weight", Anchor = "text-anchor",
    }
);

/// A document being written.
#[derive(Debug, Default)]
pub struct Pen {
    out: String,
    open: Vec<Tag>,
    /// Where something that stands directly in the root ends.
    cuts: Vec<usize>,
}

impl Pen {
    /// Opens an element; [`Pen::close`] ends it.
    pub fn open(&mut self, tag: Tag, attributes: &[(Attr, &str)]) {
        self.start(tag, attributes);
        self.out.push('>');
        self.open.push(tag);
    }

    /// Ends the innermost open element.
    pub fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            let _ = write!(self.out, "</{}>", tag.text());
            if matches!(tag, Tag::Group | Tag::Svg) {
                self.out.push('\n');
            }
        }
        self.cut();
    }

    fn cut(&mut self) {
        if self.open.len() == 1 {
            self.cuts.push(self.out.len());
        }
    }

    /// An element without content.
    pub fn shape(&mut self, tag: Tag, attributes: &[(Attr, &str)]) {
        self.start(tag, attributes);
        self.out.push_str("/>");
        self.cut();
    }

    /// An element that holds text.
    pub fn words(&mut self, tag: Tag, attributes: &[(Attr, &str)], text: &str) {
        self.open(tag, attributes);
        escape(&mut self.out, text);
        self.close();
    }

    /// The document, whatever is open is closed, and the places at which it may be cut: between two elements that stand
    /// directly in the root.
    #[must_use]
    pub fn finish(mut self) -> (String, Vec<usize>) {
        while self.open.len() > 1 {
            self.close();
        }
        let cuts = std::mem::take(&mut self.cuts);
        self.close();
        (self.out, cuts)
    }

    fn start(&mut self, tag: Tag, attributes: &[(Attr, &str)]) {
        let _ = write!(self.out, "<{}", tag.text());
        for (attribute, value) in attributes {
            let _ = write!(self.out, " {}=\"", attribute.text());
            escape(&mut self.out, value);
            self.out.push('"');
        }
    }
}

/// Whether a character may stand in the picture's text. Control characters are not XML; marks that turn the
/// direction of writing can make a text look like another.
#[must_use]
pub fn is_plain(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            c if is_plain(c) => out.push(c),
            _ => {}
        }
    }
}
