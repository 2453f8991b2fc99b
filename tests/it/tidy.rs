//! The project's rules on its own files: headers, sizes, layers, no panics. Knows nothing of what the files do.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Every file below `folder` whose name ends so, as (path from the root, text).
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "node_modules" && name != "dist" {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), text));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "nothing found below {folder}");
    found
}

/// The part of a Rust file before its unit tests; nothing of a file that is all tests.
fn code(text: &str) -> &str {
    if text.contains("\n#![cfg(test)]\n") {
        return "";
    }
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text)
}

/// Fails with every line of `wrong`.
fn none(what: &str, wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{what}:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_says_what_it_is() {
    let rust = files("server", &[".rs"]).into_iter().chain(files("tests/it", &[".rs"]));
    let mut wrong: Vec<String> = rust
        .filter(|(_, text)| !text.lines().next().is_some_and(|line| line.starts_with("//! ") && line.len() > 30))
        .map(|(path, _)| path)
        .collect();
    wrong.extend(
        files("web/src", &[".ts"])
            .into_iter()
            .filter(|(_, text)| !text.lines().next().is_some_and(|line| line.starts_with("// ") && line.len() > 20))
            .map(|(path, _)| path),
    );
    wrong.extend(
        files("web/src", &[".svelte"])
            .into_iter()
            .filter(|(_, text)| {
                !text.lines().take(3).any(|line| line.contains("<!--") || line.trim().starts_with("//"))
            })
            .map(|(path, _)| path),
    );
    none("without a header line", wrong);
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let all = files("server", &[".rs"])
        .into_iter()
        .chain(files("tests", &[".rs", ".ts", ".mjs"]))
        .chain(files("web/src", &[".ts", ".svelte", ".css"]));
    none(
        "longer than 400 lines",
        all.filter(|(_, text)| text.lines().count() > 400)
            .map(|(path, text)| format!("{path}: {}", text.lines().count()))
            .collect(),
    );
}

/// The layer of a server module, by its first name; see the README's code map.
fn layer(module: &str) -> Option<u8> {
    Some(match module {
        "ids" | "error" | "limits" | "clock" | "config" | "crash_point" | "rights" | "role" | "metrics" | "text" => 0,
        "board" | "gate" => 1,
        "facilitation" | "programme" | "export" => 2,
        "wire" => 3,
        "access" | "store" | "bus" => 4,
        "room" => 5,
        "http" => 6,
        "lib" | "main" | "serve" => 7,
        _ => return None,
    })
}

#[test]
fn a_lower_layer_never_imports_a_higher_one() {
    let mut wrong = Vec::new();
    for (path, text) in files("server", &[".rs"]) {
        let own = path.trim_start_matches("server/").trim_end_matches(".rs");
        let own = own.split('/').next().unwrap_or(own);
        let Some(mine) = layer(own) else {
            wrong.push(format!("{path}: in no layer"));
            continue;
        };
        for name in imports(code(&text)) {
            if layer(&name).is_some_and(|theirs| theirs > mine) {
                wrong.push(format!("{path} imports {name}"));
            }
        }
    }
    none("imports against the layers", wrong);
}

/// First names after `crate::`, also within `use crate::{a, b::c}`.
fn imports(text: &str) -> Vec<String> {
    let word = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if !rest.starts_with('{') {
            names.push(word(rest));
            continue;
        }
        let (mut depth, mut fresh) = (0, true);
        for (i, c) in rest.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => fresh = true,
                _ if depth == 1 && fresh && c.is_alphabetic() => {
                    names.push(word(&rest[i..]));
                    fresh = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    names
}

#[test]
fn imports_are_found_in_every_form() {
    assert_eq!(imports("use crate::room::Rooms;"), ["room"]);
    assert_eq!(imports("use crate::{\n    a::{b, c},\n    d,\n};"), ["a", "d"]);
}

#[test]
fn each_library_stays_in_its_layer() {
    let only = [
        ("axum::", vec!["server/http"]),
        ("rusqlite::", vec!["server/store"]),
        ("yrs::", vec!["server/board", "server/room"]),
        ("SELECT ", vec!["server/store"]),
    ];
    let mut wrong = Vec::new();
    for (path, text) in files("server", &[".rs"]) {
        for (name, places) in &only {
            if code(&text).contains(name) && !places.iter().any(|place| path.starts_with(place)) {
                wrong.push(format!("{path} uses {name}"));
            }
        }
        let pure = ["server/board", "server/gate", "server/facilitation", "server/programme", "server/export"];
        if pure.iter().any(|place| path.starts_with(place)) && code(&text).contains("tokio::") {
            wrong.push(format!("{path} uses tokio"));
        }
    }
    none("libraries outside their layer", wrong);
}

#[test]
fn no_panic_and_no_unbounded_channel_in_the_server() {
    let words = [".unwrap()", ".expect(", "unbounded_channel", "todo!(", "unimplemented!(", "panic!("];
    let mut wrong = Vec::new();
    for (path, text) in files("server", &[".rs"]) {
        for (number, line) in code(&text).lines().enumerate() {
            let line = line.trim();
            if !line.starts_with("//") && words.iter().any(|word| line.contains(word)) {
                wrong.push(format!("{path}:{}: {line}", number + 1));
            }
        }
    }
    none("can panic, or grow without bound", wrong);
}

#[test]
fn the_browser_keeps_its_borders() {
    let mut wrong = Vec::new();
    for (path, text) in files("web/src", &[".ts", ".svelte"]) {
        let in_any = |places: &[&str]| places.iter().any(|place| path.starts_with(place));
        let imports = |name: &str| {
            text.lines().any(|line| {
                let line = line.trim();
                !line.starts_with("import type") && line.contains(&format!("from \"{name}"))
            })
        };
        if imports("yjs") && !in_any(&["web/src/model", "web/src/net"]) {
            wrong.push(format!("{path} imports yjs"));
        }
        if text.contains("new WebSocket(") && !in_any(&["web/src/net"]) {
            wrong.push(format!("{path} opens a socket"));
        }
        if text.contains("innerHTML") || text.contains("{@html") {
            wrong.push(format!("{path} makes HTML from text"));
        }
        if in_any(&["web/src/model"]) && (imports("../ui") || imports("../net") || imports("../canvas")) {
            wrong.push(format!("{path} imports a layer above it"));
        }
    }
    none("across the browser's borders", wrong);
}
