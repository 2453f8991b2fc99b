//! The tables open in a spreadsheet as what they say: letters, days, numbers and separators in their cells, nothing run.

use std::{fs, path::Path, process::Command};

use jalostamo::{
    board::{Board, value::FieldValue},
    export::{
        csv::{Decimal, Table, write},
        progress::Progress,
        words::Words,
    },
};

use crate::export_golden;

fn table(board: &Board, table: Table, language: &str, decimal: Decimal) -> String {
    String::from_utf8(write(board, table, Words::of(language), decimal, &Progress::default()).unwrap()).unwrap()
}

/// Rows of cells, read as RFC 4180 says.
fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_form_is_the_one_that_a_finnish_excel_reads() {
    let board = export_golden::board();
    for kind in [Table::NextSteps, Table::Obstacles, Table::Steps] {
        let text = table(&board, kind, "fi", Decimal::Comma);
        assert!(text.starts_with('\u{feff}') && !text[3..].contains('\u{feff}') && !text.contains("sep="));
        assert!(text.ends_with("\r\n"));
        let all = rows(&text);
        assert!(all.len() > 2 && all.iter().all(|row| row.len() == all[0].len()), "{all:?}");
        // Line ends inside cells are plain line feeds, in quotes.
        assert!(text.matches("\r\n").count() == all.len() && text.matches('\r').count() == all.len());
    }
}

#[test]
fn whatever_people_write_stays_in_its_cell_and_is_no_formula() {
    let mut board = export_golden::board();
    let hostile = [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        "a;b",
        "\"a\"",
        "a\r\nb",
        "=HYPERLINK(\"x\")",
        ";;",
        "'",
        "\u{202e}=x",
        " =1",
        "",
    ];
    let benign = rows(&table(&board, Table::NextSteps, "fi", Decimal::Comma));
    for payload in hostile {
        for item in &mut board.items {
            item.text = payload.to_owned();
            for (name, value) in &mut item.fields {
                if matches!(*name, "ownerOrg" | "statute" | "firstAction" | "org" | "system" | "duration") {
                    *value = FieldValue::Text(payload.to_owned());
                }
            }
        }
        for kind in [Table::NextSteps, Table::Obstacles, Table::Steps] {
            let all = rows(&table(&board, kind, "fi", Decimal::Comma));
            assert!(all.iter().all(|row| row.len() == all[0].len()), "{payload:?}");
            for cell in all.iter().flatten() {
                let first = cell.trim_start().chars().next().unwrap_or(' ');
                assert!(!"=+-@".contains(first), "{payload:?}: {cell:?}");
            }
        }
        assert_eq!(rows(&table(&board, Table::NextSteps, "fi", Decimal::Comma)).len(), benign.len());
    }
    // What is written stays readable.
    board.items.iter_mut().for_each(|item| item.text = "a;\"b\"\r\nc 😀".to_owned());
    let all = rows(&table(&board, Table::NextSteps, "fi", Decimal::Comma));
    assert_eq!(all[1][0], "a;\"b\"\nc 😀");
}

#[test]
fn headings_are_in_the_language() {
    let board = export_golden::board();
    for (language, first) in [("fi", "Teksti"), ("sv", "Text"), ("en", "Text")] {
        let all = rows(&table(&board, Table::NextSteps, language, Decimal::Comma));
        assert_eq!(all[0][0], first);
        assert_eq!(all[0][6], Words::of(language).get("field", "due"));
        assert!(all[0].iter().all(|heading| !heading.is_empty()), "{:?}", all[0]);
    }
}

/// A cell as the spreadsheet has it.
#[derive(Debug, Clone, PartialEq)]
struct Cell {
    /// `string`, `float`, `date`; empty for an empty one.
    kind: String,
    /// The text that is shown, or the value of a number or day.
    value: String,
}

fn attribute(element: &str, name: &str) -> Option<String> {
    let after = element.split_once(&format!(" {name}=\""))?.1;
    Some(after.split_once('"')?.0.to_owned())
}

/// The rows of a flat OpenDocument spreadsheet, without what is empty at the ends.
fn cells(file: &str) -> Vec<Vec<Cell>> {
    assert!(!file.contains("table:formula"), "a formula");
    let body = file.split_once("<office:spreadsheet>").unwrap().1;
    let mut rows = Vec::new();
    for row in body.split("<table:table-row").skip(1) {
        let row = row.split("</table:table-row>").next().unwrap();
        let mut cells: Vec<Cell> = Vec::new();
        for cell in row.split("<table:table-cell").skip(1) {
            let (head, rest) = cell.split_once('>').unwrap();
            let text = rest.split("</table:table-cell>").next().unwrap();
            let paragraphs = text.split("<text:p>").skip(1).map(|p| p.split("</text:p>").next().unwrap());
            let text = paragraphs.collect::<Vec<_>>().join("\n");
            let value = attribute(head, "office:date-value").or_else(|| attribute(head, "office:value"));
            let kind = attribute(head, "office:value-type").unwrap_or_default();
            let cell = Cell { kind, value: value.unwrap_or(text) };
            let times = attribute(head, "table:number-columns-repeated").map_or(1, |times| times.parse().unwrap());
            cells.extend(std::iter::repeat_n(cell, usize::min(times, 50)));
        }
        while cells.last().is_some_and(|cell| cell.kind.is_empty()) {
            cells.pop();
        }
        if !cells.is_empty() {
            rows.push(cells);
        }
    }
    rows
}

/// Opens tables with LibreOffice, in a locale, and gives back what it has in its cells.
fn opened(folder: &Path, files: &[(&str, String)], locale: u32) -> Vec<Vec<Vec<Cell>>> {
    let mut paths = Vec::new();
    for (name, text) in files {
        let path = folder.join(format!("{name}.csv"));
        fs::write(&path, text).unwrap();
        paths.push(path);
    }
    // Separator, quote, UTF-8, from line 1, all columns by what they hold, locale, quoted is text, days and numbers are seen.
    let filter = format!("--infilter=CSV:59,34,76,1,,{locale},true,true");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let done = Command::new("soffice")
        .args([&profile, "--headless", "--norestore", &filter, "--convert-to", "fods", "--outdir"])
        .arg(folder)
        .args(&paths)
        .output()
        .expect("soffice is not there: tests/run installs libreoffice-calc-nogui");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let read = |(name, _): &(&str, String)| {
        let path = folder.join(format!("{name}.fods"));
        cells(&fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}; {said}", path.display())))
    };
    files.iter().map(read).collect()
}

fn cell<'a>(rows: &'a [Vec<Cell>], heading: &str, row: usize) -> &'a Cell {
    let column =
        rows[0].iter().position(|cell| cell.value == heading).unwrap_or_else(|| panic!("{heading}: {:?}", rows[0]));
    rows[row].get(column).unwrap_or_else(|| panic!("{heading} is empty in {:?}", rows[row]))
}

#[test]
fn libreoffice_keeps_letters_days_numbers_and_separators() {
    let board = export_golden::board();
    let folder = tempfile::tempdir().unwrap();
    let all = [("next", Table::NextSteps), ("obstacles", Table::Obstacles), ("steps", Table::Steps)];
    let finnish: Vec<_> = all.iter().map(|(name, kind)| (*name, table(&board, *kind, "fi", Decimal::Comma))).collect();
    let opened_finnish = opened(folder.path(), &finnish, 1035);
    for ((name, text), opened) in finnish.iter().zip(&opened_finnish) {
        // The same cells as we wrote, but for numbers and days, which are values now.
        let written = rows(text);
        assert_eq!(opened.len(), written.len(), "{name}");
        for (opened, written) in opened.iter().zip(&written) {
            for (opened, written) in opened.iter().zip(written) {
                let shown =
                    opened.value.replace("&lt;", "<").replace("&gt;", ">").replace("&apos;", "'").replace("&amp;", "&");
                match opened.kind.as_str() {
                    "" => assert_eq!(written, ""),
                    "string" => assert_eq!(shown.trim_start_matches('\''), written.trim_start_matches('\''), "{name}"),
                    "float" => assert_eq!(opened.value, written.replace(',', "."), "{name}"),
                    "date" => assert_eq!(&opened.value, written, "{name}"),
                    other => panic!("{name}: {other} {written}"),
                }
            }
        }
    }
    let [next, obstacles, steps] = opened_finnish.as_slice() else { panic!() };
    let value = |kind: &str, value: &str| Cell { kind: kind.to_owned(), value: value.to_owned() };
    assert_eq!(cell(next, "Määräpäivä", 1), &value("date", "2020-09-30"));
    assert!(
        cell(next, "Teksti", 2).kind == "string"
            && cell(next, "Teksti", 2).value.ends_with("=Muutetaan asiakasmaksulain 11 §")
    );
    assert_eq!(cell(obstacles, "Vakavuus (1–4)", 1), &value("float", "3"));
    assert_eq!(cell(steps, "Kesto", 2), &value("float", "2.5"));
    assert_eq!(cell(steps, "Työvaihe", 2), &value("string", "Täyttää hakemuksen 😟"));
    assert!(cell(steps, "Seuraava", 6).value.contains("(ei; liite puuttuu)"));

    // With points, where the reader's programs have points.
    let english = [("steps-en", table(&board, Table::Steps, "en", Decimal::Dot))];
    let opened_english = opened(folder.path(), &english, 2057);
    assert_eq!(cell(&opened_english[0], "Duration", 2), &value("float", "2.5"));
    // The wrong one of the two is not a number, or is a day: what the choice is for.
    let wrong = [("steps-wrong", table(&board, Table::Steps, "fi", Decimal::Dot))];
    assert_ne!(cell(&opened(folder.path(), &wrong, 1035)[0], "Kesto", 2), &value("float", "2.5"));
}
