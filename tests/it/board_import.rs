//! A board file is taken whole or refused with the place and the reason of its first problem.

use jalostamo::{
    board::{ImportCode, ImportError, demo, import},
    limits,
};
use serde_json::{Value as Json, json};

fn refusal(bytes: &[u8]) -> ImportError {
    import::read(bytes).err().unwrap_or_else(|| panic!("taken: {}", String::from_utf8_lossy(bytes)))
}

fn file(items: Json, links: Json) -> Vec<u8> {
    json!({"format": "jalostamo.board", "version": 1, "title": "T", "items": items, "links": links})
        .to_string()
        .into_bytes()
}

fn id(prefix: &str, number: usize) -> String {
    format!("{prefix}_01EAHC000000000000000{number:05}")
}

fn expect(bytes: &[u8], code: ImportCode, pointer: &str) {
    let error = refusal(bytes);
    assert_eq!((error.code, error.pointer.as_str()), (code, pointer), "{error}");
}

#[test]
fn what_is_no_board_file() {
    use ImportCode::{BadField, ForeignVersion, NotJson, WrongFormat};
    expect(b"", NotJson, "");
    expect(b"{\"format\":", NotJson, "");
    expect(b"{} {}", NotJson, "");
    expect(b"\xff\xfe", NotJson, "");
    expect(b"{\"a\":1e999}", NotJson, "");
    expect(b"[]", WrongFormat, "");
    expect(b"{}", WrongFormat, "/format");
    expect(b"{\"type\":\"excalidraw\",\"version\":2,\"elements\":[]}", WrongFormat, "/format");
    expect(b"{\"format\":\"jalostamo.board\"}", ForeignVersion, "/version");
    expect(b"{\"format\":\"jalostamo.board\",\"version\":2}", ForeignVersion, "/version");
    expect(b"{\"format\":\"jalostamo.board\",\"version\":1,\"x/y~\":0}", BadField, "/x~1y~0");
    expect(b"{\"format\":\"jalostamo.board\",\"version\":1,\"items\":{}}", BadField, "/items");
    expect(b"{\"format\":\"jalostamo.board\",\"version\":1,\"title\":7}", BadField, "/title");
    assert!(import::read(b"{\"format\":\"jalostamo.board\",\"version\":1}").is_ok());
}

#[test]
fn a_half_file_is_refused_wherever_it_ends() {
    let bytes = demo::JSON.trim_ascii_end();
    for end in (0..bytes.len()).step_by(97).chain([bytes.len() - 1]) {
        assert_eq!(refusal(&bytes[..end]).code, ImportCode::NotJson, "{end}");
    }
}

#[test]
fn deep_huge_and_full_files() {
    let deep = |levels: usize| format!("{{\"format\":{}{}}}", "[".repeat(levels), "]".repeat(levels)).into_bytes();
    assert_eq!(refusal(&deep(limits::IMPORT_DEPTH - 1)).code, ImportCode::WrongFormat);
    assert_eq!(refusal(&deep(limits::IMPORT_DEPTH)).code, ImportCode::TooDeep);
    assert_eq!(refusal(&deep(1_000_000)).code, ImportCode::TooDeep);
    let mut large = demo::JSON.to_vec();
    large.resize(limits::IMPORT_BYTES, b' ');
    assert!(import::read(&large).is_ok());
    large.push(b' ');
    assert_eq!(refusal(&large).code, ImportCode::TooLarge);
    let zeros = format!("[{}0]", "0,".repeat(3_000_000));
    assert_eq!(refusal(zeros.as_bytes()).code, ImportCode::TooMany);
}

#[test]
fn objects_at_the_limit_and_one_past() {
    let notes =
        |count: usize| (0..count).map(|number| json!({"id": id("n", number), "kind": "note"})).collect::<Json>();
    let link = json!([{"id": id("f", 1), "kind": "sequence", "from": id("n", 0), "to": id("n", 1)}]);
    assert!(import::read(&file(notes(limits::LIVE_OBJECTS), json!([]))).is_ok());
    expect(&file(notes(limits::LIVE_OBJECTS + 1), json!([])), ImportCode::TooMany, "/items");
    expect(&file(notes(limits::LIVE_OBJECTS), link), ImportCode::TooMany, "/links");
}

#[test]
fn every_field_is_checked_and_named() {
    let long = "a".repeat(limits::TEXT_UNITS + 1);
    let wrong = [
        ("n", "note", "text", json!(long)),
        ("n", "note", "text", json!(null)),
        ("n", "note", "at", json!([0, 0, 0])),
        ("n", "note", "at", json!([0, 1_000_001])),
        ("n", "note", "size", json!([0, 10])),
        ("n", "note", "order", json!("ä")),
        ("n", "note", "color", json!("#ff0000")),
        ("n", "note", "made", json!(-1)),
        ("n", "note", "parent", json!("javascript:alert(1)")),
        ("n", "note", "author", json!("p_01EAHC00000000000000000000")),
        ("n", "note", "gone", json!(true)),
        ("n", "note", "severity", json!(1)),
        ("n", "note", "__proto__", json!({})),
        ("l", "lane", "laneKind", json!("pool")),
        ("l", "lane", "org", json!("a\nb")),
        ("s", "step", "customerContact", json!("yes")),
        ("o", "obstacle", "types", json!(["boundary", "boundary"])),
        ("o", "obstacle", "types", json!({"boundary": true})),
        ("o", "obstacle", "severity", json!(5)),
        ("a", "nextStep", "due", json!("2020-02-30")),
    ];
    for (prefix, kind, field, value) in wrong {
        let good = json!({"id": id(prefix, 1), "kind": kind});
        assert!(import::read(&file(json!([good]), json!([]))).is_ok());
        let mut bad = good.clone();
        bad["id"] = json!(id(prefix, 2));
        bad[field] = value;
        expect(&file(json!([good, bad]), json!([])), ImportCode::BadField, &format!("/items/1/{field}"));
    }
    for bad in [json!(7), json!(null)] {
        expect(&file(json!([bad]), json!([])), ImportCode::BadField, "/items/0");
    }
    expect(&file(json!([{"id": id("n", 1)}]), json!([])), ImportCode::BadField, "/items/0/kind");
    expect(&file(json!([{"id": id("n", 1), "kind": "pin"}]), json!([])), ImportCode::BadField, "/items/0/kind");
    for bad in [id("l", 1), "n_1".into(), id("n", 1).to_lowercase(), "../n".into()] {
        expect(&file(json!([{"id": bad, "kind": "note"}]), json!([])), ImportCode::BadField, "/items/0/id");
    }
}

#[test]
fn ids_and_references() {
    use ImportCode::{BadField, DanglingReference, DuplicateId};
    let note = |number: usize| json!({"id": id("n", number), "kind": "note"});
    let arrow = |from: &str, to: &str| json!([{"id": id("f", 1), "kind": "sequence", "from": from, "to": to}]);
    expect(&file(json!([note(1), note(1)]), json!([])), DuplicateId, "/items/1/id");
    expect(&file(json!([note(1)]), arrow(&id("n", 1), &id("n", 2))), DanglingReference, "/links/0/to");
    expect(&file(json!([note(1)]), arrow(&id("n", 1), &id("n", 1))), DanglingReference, "/links/0/to");
    expect(&file(json!([note(1)]), arrow(&id("f", 1), &id("n", 1))), DanglingReference, "/links/0/from");
    expect(
        &file(json!([note(1)]), json!([{"id": id("i", 1), "kind": "pin", "to": id("n", 1)}])),
        BadField,
        "/links/0/from",
    );
    let inside = |kind: &str, prefix: &str, own: usize, parent: String| json!({"id": id(prefix, own), "kind": kind, "parent": parent});
    expect(
        &file(json!([note(1), inside("note", "n", 2, id("n", 1))]), json!([])),
        DanglingReference,
        "/items/1/parent",
    );
    let ring = json!([note(9), inside("lane", "l", 1, id("l", 2)), inside("lane", "l", 2, id("l", 1))]);
    expect(&file(ring, json!([])), DanglingReference, "/items/1/parent");
    let comment = |target: Json| {
        let mut json: Json = serde_json::from_slice(&file(json!([note(1)]), json!([]))).unwrap();
        json["comments"] = json!([{"id": id("c", 1), "kind": "comment", "target": target}]);
        json.to_string().into_bytes()
    };
    assert_eq!(import::read(&comment(json!(id("n", 1)))).unwrap().board().comments.len(), 1);
    assert_eq!(import::read(&comment(json!(null))).unwrap().board().comments.len(), 1);
    expect(&comment(json!(id("c", 1))), DanglingReference, "/comments/0/target");
}

#[test]
fn the_error_never_repeats_the_file() {
    let secret = "Maija Meikäläinen 010190-123A";
    for bytes in
        [file(json!([{"id": id("n", 1), "kind": "note", "color": secret}]), json!([])), secret.as_bytes().to_vec()]
    {
        assert!(!refusal(&bytes).to_string().contains("Maija"));
    }
}

#[test]
fn two_imports_of_one_file_have_no_id_in_common() {
    let (one, other) = (demo::file().unwrap(), demo::file().unwrap());
    assert!(
        one.board()
            .items
            .iter()
            .zip(&other.board().items)
            .all(|(one, other)| one.id != other.id && one.text == other.text)
    );
}
