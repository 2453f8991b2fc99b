//! In a report only its own words are markup, whatever people have written, and all that they wrote is there.

use jalostamo::{
    board::{
        Board,
        schema::{self, Root, Value},
        value::FieldValue,
    },
    export::{markdown::write, progress::Progress, words::Words},
};
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::export_golden;

const PAYLOADS: &[&str] = &[
    "# otsikko",
    "####### x #",
    "- luettelo",
    "* luettelo",
    "+ luettelo",
    "1. kohta",
    "1) kohta",
    "> lainaus",
    "    koodia",
    "```\nkoodia\n```",
    "~~~\nx",
    "`koodi`",
    "**lihava** _kursiivi_ ~~yli~~",
    "<script>alert(1)</script>",
    "<!-- x",
    "<img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "[linkki](javascript:alert(1))",
    "![kuva](https://evil.example/x.png)",
    "[viite]: https://evil.example",
    "[viite][1] [^1]",
    "[[wiki]] [ ] [x]",
    "https://evil.example www.evil.example a@evil.example",
    "a | b | c",
    "|---|---|",
    "---",
    "===",
    "***",
    "a\n---\nb",
    "a\\",
    "\\|",
    "&lt;b&gt; &#60; &amp;",
    "$x$ $$y$$",
    ":smile: {#tunniste .luokka}",
    "x  \ny",
    "| :",
    "a\u{2028}b\u{0}c\td",
    "~a~ ^b^ ==c==",
];

/// Everything that a reader of Markdown may know, but for one that only changes how quotes and dashes look.
fn options() -> Options {
    Options::all().difference(Options::ENABLE_SMART_PUNCTUATION)
}

/// What a report is made of, in order: the shape without the words.
fn shape(report: &str) -> Vec<String> {
    let parser = Parser::new_ext(report, options());
    let events = parser.filter_map(|event| match event {
        Event::Start(tag) => Some(format!("{tag:?}")),
        Event::End(tag) => Some(format!("/{tag:?}")),
        Event::Text(_) | Event::SoftBreak => None,
        other => Some(format!("{other:?}")),
    });
    events.collect()
}

/// All words of a report as a reader sees them.
fn words(report: &str) -> String {
    let parser = Parser::new_ext(report, options());
    parser.fold(String::new(), |mut all, event| {
        match event {
            Event::Text(text) | Event::Code(text) => all += &text,
            Event::End(_) | Event::SoftBreak | Event::HardBreak => all.push('\n'),
            _ => {}
        }
        all
    })
}

fn with_text(board: &Board, text: &str) -> Board {
    let mut board = board.clone();
    board.title = text.to_owned();
    for item in &mut board.items {
        item.text = text.to_owned();
        for (name, value) in &mut item.fields {
            let written = !matches!(value, FieldValue::Text(value) if value.is_empty());
            if written && matches!(schema::field_of(Root::Items, name).map(|field| field.value), Some(Value::Line(_))) {
                *value = FieldValue::Text(text.to_owned());
            }
        }
    }
    for link in &mut board.links {
        for (name, value) in &mut link.fields {
            if ["condition", "data"].contains(name) {
                *value = FieldValue::Text(text.to_owned());
            }
        }
        link.text = text.to_owned();
    }
    board.comments.iter_mut().for_each(|comment| comment.text = text.to_owned());
    board
}

fn report(board: &Board) -> String {
    String::from_utf8(write(board, Words::of("fi"), 0, &Progress::default()).unwrap()).unwrap()
}

#[test]
fn no_text_changes_the_shape_of_a_report() {
    let board = export_golden::board();
    let plain = shape(&report(&with_text(&board, "sana")));
    assert!(plain.len() > 500);
    for payload in PAYLOADS {
        let poisoned = report(&with_text(&board, payload));
        let shape = shape(&poisoned);
        let differs = plain.iter().zip(&shape).find(|(plain, poisoned)| plain != poisoned);
        assert!(differs.is_none() && plain.len() == shape.len(), "{payload:?}: {differs:?}\n{poisoned}");
        // And it is all there: as a reader sees it, in one line.
        let line: String = payload.chars().map(|c| if c.is_control() || c == '\u{2028}' { ' ' } else { c }).collect();
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = if payload.contains('\u{2028}') { "a b c d" } else { line.as_str() };
        assert!(words(&poisoned).contains(line), "{payload:?}: {line:?} is not in\n{poisoned}");
    }
}

#[test]
fn the_comparison_can_fail() {
    let plain = shape("1. **Este:** sana\n   - sana\n");
    assert_ne!(plain, shape("1. **Este:** <b>sana\n   - sana\n"));
    assert_ne!(plain, shape("1. **Este:** [x](y)\n   - sana\n"));
    assert!(shape("a `b` <i>").iter().any(|event| event.contains("Html")));
}

#[test]
fn no_address_becomes_a_link() {
    // GitHub makes links of bare addresses; the parser of the tests does not, so the text itself is looked at.
    let board =
        with_text(&export_golden::board(), "https://evil.example http://e.x ftp://e.x www.evil.example WWW.e.x");
    let report = report(&board);
    for bare in ["https:/", "http:/", "ftp:/", "www.", "WWW."] {
        assert!(!report.contains(bare), "{bare}");
    }
}

#[test]
fn headings_go_from_area_to_lane_to_group_and_tables_say_what_there_is() {
    let report = report(&export_golden::board());
    let parser = Parser::new_ext(&report, options());
    let levels: Vec<u8> = parser
        .filter_map(|event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(level as u8),
            _ => None,
        })
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert_eq!(levels[..5], [1, 2, 2, 3, 3]);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "no level is left out: {levels:?}");
    for words in [
        "### Uimarata: Velkaneuvonnan verkosto (Verkosto, ei omistajaa)",
        "#### Ryhmä: Selvitys kahteen kertaan",
        "Kiinnitetty: nuoli Maksukyvyn selvitys → Ratkaisee hakemuksen",
        "Seuraava: Pyytää lisäselvityksen (ei; liite puuttuu), Hakee tulotiedot (kyllä)",
        "Vastauksena: Sovitaan tietoluvasta Kelan ja kunnan kesken",
        "| Asiakkaan siirtymiä luukulta toiselle | 2 |",
        "## Seuraavat askeleet",
        "## Kommentit",
    ] {
        assert!(report.contains(words), "{words} is not in\n{report}");
    }
}
