//! The fonts that pictures are written with, built into the program. Knows no text.
//!
//! Which font a letter comes from is tried in this order: the page's own face, colour emoji, and a face that has most
//! other alphabets and signs. Licences stand beside the files in `server/export/fonts`.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};

/// The family that a text without a known one is set in.
pub(super) const FAMILY: &str = "Atkinson Hyperlegible Next";

const FILES: [&[u8]; 4] = [
    include_bytes!("fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("fonts/AtkinsonHyperlegibleNext-SemiBold.ttf"),
    include_bytes!("fonts/TwemojiMozilla.ttf"),
    include_bytes!("fonts/DejaVuSans.ttf"),
];

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for file in FILES {
        fonts.load_font_source(Source::Binary(Arc::new(file)));
    }
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// All fonts; read once.
#[must_use]
pub(super) fn all() -> Arc<Database> {
    Arc::clone(&FONTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_font_and_the_family_is_among_them() {
        let fonts = all();
        assert_eq!(fonts.faces().count(), FILES.len());
        assert!(fonts.faces().take(2).all(|face| face.families.iter().any(|(name, _)| name == FAMILY)));
        for (at, letters) in [(0, "åäöÅÄÖšžŠŽ€–…"), (1, "åäöÅÄÖšžŠŽ€–…"), (2, "😀🚧✅"), (3, "→ЖщΩאبش")]
        {
            let face = fonts.faces().nth(at).unwrap().id;
            let missing: String = letters.chars().filter(|c| !has(&fonts, face, *c)).collect();
            assert_eq!(missing, "", "face {at}");
        }
    }

    fn has(fonts: &Database, face: resvg::usvg::fontdb::ID, c: char) -> bool {
        // A picture of the letter in this face alone has something in it.
        let mut one = Database::new();
        let (source, _) = fonts.face_source(face).unwrap();
        one.load_font_source(source);
        let family = one.faces().next().unwrap().families[0].0.clone();
        let options = resvg::usvg::Options { fontdb: Arc::new(one), font_family: family, ..Default::default() };
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\"><text x=\"4\" y=\"30\">{c}</text></svg>"
        );
        let tree = resvg::usvg::Tree::from_str(&svg, &options).unwrap();
        let missing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\"><text x=\"4\" y=\"30\">\u{e123}</text></svg>";
        let nothing = resvg::usvg::Tree::from_str(missing, &options).unwrap();
        let paint = |tree: &resvg::usvg::Tree| {
            let mut pixmap = resvg::tiny_skia::Pixmap::new(40, 40).unwrap();
            resvg::render(tree, resvg::tiny_skia::Transform::identity(), &mut pixmap.as_mut());
            pixmap.data().to_vec()
        };
        paint(&tree) != paint(&nothing)
    }
}
