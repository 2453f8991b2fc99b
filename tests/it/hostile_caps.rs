//! Every cap of the server is in the table of its tests, and every test of the table is there.

use std::{collections::BTreeMap, fs, path::Path};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands before and behind the table.
const MARK: &str = "<!-- caps -->";

/// The table in `docs`: cap, then where it is tested, or why nothing can test it.
fn table() -> String {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                let text = fs::read_to_string(path).unwrap();
                if let Some(table) = text.split(MARK).nth(1) {
                    return table.to_owned();
                }
            }
        }
    }
    panic!("no document has the table between two {MARK}")
}

/// Names of all constants of `limits.rs`.
fn caps() -> Vec<String> {
    let limits = read("server/limits.rs");
    let names = limits.lines().filter_map(|line| line.strip_prefix("pub const ")?.split_once(':'));
    names.filter(|(name, _)| !name.contains('(')).map(|(name, _)| name.to_owned()).collect()
}

/// The words in backticks of a cell.
fn words(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The rows: caps in the first cell, tests as `file::test` in the second.
fn rows(table: &str) -> Vec<(Vec<&str>, Vec<&str>, &str)> {
    let lines = table.lines().filter(|line| line.starts_with("| `"));
    lines
        .map(|line| {
            let mut cells = line.trim_matches('|').split('|');
            let (caps, tests) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            (words(caps), words(tests), tests.trim())
        })
        .collect()
}

#[test]
fn every_cap_is_tested_or_says_why_not() {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let table = table();
    for (caps, tests, cell) in rows(&table) {
        for cap in &caps {
            *known.entry(*cap).or_default() += 1;
        }
        if tests.is_empty() && !cell.starts_with("none: ") {
            wrong.push(format!("{caps:?} has neither a test nor a reason"));
        }
        for test in tests {
            let Some((file, name)) = test.rsplit_once("::") else {
                wrong.push(format!("{test} is no test"));
                continue;
            };
            let path = if file.contains('/') { format!("{file}.rs") } else { format!("tests/it/{file}.rs") };
            if !read(&path).contains(&format!("fn {name}(")) {
                wrong.push(format!("{path} has no test {name}"));
            }
        }
    }
    let caps = caps();
    assert!(caps.len() > 60, "the constants were found: {}", caps.len());
    wrong.extend(
        caps.iter().filter(|cap| known.remove(cap.as_str()) != Some(1)).map(|cap| format!("{cap} is not in one row")),
    );
    wrong.extend(known.keys().map(|cap| format!("{cap} is no cap")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
