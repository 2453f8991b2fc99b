//! The picture of a board is made of a closed list of elements, whatever people have written on the board.

use jalostamo::{
    board::{
        Board, Item, Link, demo,
        schema::{self, Root, Value},
        value::FieldValue,
    },
    export::{
        svg::{
            self,
            pen::{Attr, Tag},
        },
        words::Words,
    },
};

/// What people have used elsewhere to make a picture run, load or leave its place.
const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "' onload='alert(1)",
    "\" onload=\"alert(1)\" x=\"",
    "</text><foreignObject><iframe src=\"//evil.example\"/></foreignObject>",
    "</title></svg><img src=x onerror=alert(1)>",
    "<image href=\"https://evil.example/x.png\"/>",
    "<a xlink:href=\"javascript:alert(1)\">x</a>",
    "<style>@import url(//evil.example)</style>",
    "<!ENTITY x SYSTEM \"file:///etc/passwd\">&x;",
    "<!DOCTYPE svg [<!ENTITY a \"b\">]>",
    "]]><script>alert(1)</script><![CDATA[",
    "--><script>alert(1)</script><!--",
    "<?xml-stylesheet href=\"//evil.example\"?>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "\u{0}\u{1}\u{8}\u{b}\u{1b}[31m\u{7f}\u{9f}",
    "\u{202e}txet desrever\u{202c}\u{2066}\u{2069}\u{feff}\u{ffff}",
    "url(javascript:alert(1))",
    "line\nbreak\ttab\r\nend",
];

/// Walks a picture byte by byte; anything that is not on the pen's lists is an error.
fn validate(picture: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(picture).map_err(|error| error.to_string())?;
    if let Some(c) = text.chars().find(|c| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c)) {
        return Err(format!("character {:x}", u32::from(c)));
    }
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    let mut first = true;
    while let Some(at) = rest.find('<') {
        plain(&rest[..at])?;
        let end = rest.find('>').ok_or("an element without end")?;
        let element = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = element.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (element, empty) = element.strip_suffix('/').map_or((element, false), |element| (element, true));
        let (name, attributes) = element.split_once(' ').unwrap_or((element, ""));
        if !Tag::ALL.contains(&name) || open.is_empty() != first {
            return Err(format!("element {name:?}"));
        }
        first = false;
        attribute_list(attributes)?;
        if !empty {
            open.push(name);
        }
    }
    plain(rest)?;
    if open.is_empty() && !first { Ok(()) } else { Err(format!("left open: {open:?}")) }
}

fn attribute_list(mut rest: &str) -> Result<(), String> {
    while !rest.trim().is_empty() {
        let (name, after) = rest.trim_start().split_once("=\"").ok_or(format!("attribute {rest:?}"))?;
        let (value, after) = after.split_once('"').ok_or("a value without end")?;
        if !Attr::ALL.contains(&name) {
            return Err(format!("attribute {name:?}"));
        }
        plain(value)?;
        // No attribute of the list needs one, besides the namespace.
        if name != "xmlns" && (value.contains("url") || value.contains(':') || value.contains("//")) {
            return Err(format!("value {value:?}"));
        }
        rest = after;
    }
    Ok(())
}

/// Text: no markup, and only the five entities that the pen writes.
fn plain(text: &str) -> Result<(), String> {
    for after in text.split('&').skip(1) {
        if !["lt;", "gt;", "amp;", "quot;", "#39;"].iter().any(|entity| after.starts_with(entity)) {
            return Err(format!("entity {:?}", after.chars().take(8).collect::<String>()));
        }
    }
    if text.contains(['<', '>']) { Err("markup in text".into()) } else { Ok(()) }
}

fn demo() -> Board {
    demo::file().unwrap().board().clone()
}

#[test]
fn the_demo_is_drawn() {
    for code in ["fi", "sv", "en"] {
        let picture = svg::write(&demo(), Words::of(code));
        if let Some(path) = std::env::var_os("WRITE_PICTURE").filter(|_| code == "fi") {
            std::fs::write(path, &picture).unwrap();
        }
        validate(&picture).unwrap();
        let text = String::from_utf8(picture).unwrap();
        for word in ["kind", "stepKind"]
            .map(|group| Words::of(code).get(group, if group == "kind" { "obstacle" } else { "wait" }))
        {
            assert!(text.contains(word), "{word} in {code}");
        }
        assert!(text.contains("role=\"img\"") && text.contains("<desc"));
    }
}

#[test]
fn the_validator_can_fail() {
    for bad in [
        "<svg><script/></svg>",
        "<svg onload=\"x\"></svg>",
        "<svg><text>&x;</text></svg>",
        "<svg fill=\"url(#a)\"></svg>",
        "<svg><text></svg></text>",
        "<svg></svg><svg></svg>",
        "",
    ] {
        assert!(validate(bad.as_bytes()).is_err(), "{bad}");
    }
}

/// Every text and every line of every object is the payload.
fn poisoned(payload: &str) -> Board {
    let mut board = demo();
    board.title = payload.to_owned();
    for item in &mut board.items {
        item.text = payload.to_owned();
        item.id = payload.to_owned();
        for (name, value) in &mut item.fields {
            if let Some(Value::Line(_) | Value::Day) = schema::field_of(Root::Items, name).map(|field| field.value) {
                *value = FieldValue::Text(payload.to_owned());
            }
        }
    }
    for link in &mut board.links {
        link.text = payload.to_owned();
    }
    board
}

#[test]
fn no_payload_in_any_text_gets_out_of_its_place() {
    for payload in PAYLOADS {
        validate(&svg::write(&poisoned(payload), Words::of("fi")))
            .unwrap_or_else(|error| panic!("{payload:?}: {error}"));
        let mut board = demo();
        for link in &mut board.links {
            link.text = (*payload).to_owned();
        }
        validate(&svg::write(&board, Words::of("en"))).unwrap_or_else(|error| panic!("{payload:?}: {error}"));
    }
}

#[test]
fn an_empty_board_and_items_at_the_end_of_the_world_are_drawn() {
    validate(&svg::write(&Board::default(), Words::of("sv"))).unwrap();
    let mut board = demo();
    for (at, item) in board.items.iter_mut().enumerate() {
        let far = if at % 2 == 0 { schema::REACH } else { -schema::REACH };
        item.place = (far * i64::try_from(at).unwrap(), far);
        item.size = if at % 3 == 0 { (1, 1) } else { (schema::REACH, 1) };
    }
    validate(&svg::write(&board, Words::of("fi"))).unwrap();
}

#[test]
fn a_full_board_of_arrows_is_drawn() {
    let mut board = demo();
    let (item, link) = (board.items[1].clone(), board.links[0].clone());
    let half = jalostamo::limits::LIVE_OBJECTS / 2;
    let place = |at: usize| i64::try_from(at * 7_919 % 20_000).unwrap();
    board.items = (0..half)
        .map(|at| Item {
            id: format!("s{at}"),
            place: (place(at), place(at * 31)),
            text: "Työvaihe ".repeat(40),
            ..item.clone()
        })
        .collect();
    board.links = (0..half)
        .map(|at| Link {
            id: format!("f{at}"),
            from: format!("s{at}"),
            to: format!("s{}", at * 17 % half),
            ..link.clone()
        })
        .collect();
    validate(&svg::write(&board, Words::of("fi"))).unwrap();
}
