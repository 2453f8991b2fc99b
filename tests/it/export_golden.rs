//! What one rich board is exported as, kept to be looked at: `tests/golden/export`. After a change that is meant, write
//! the files anew with `WRITE_GOLDEN=1 cargo test --release --test it export_golden` and look at them.

use std::{collections::BTreeMap, fs, path::PathBuf};

use jalostamo::{
    board::{Board, import},
    export::{Format, Order, csv::Decimal, make, progress::Progress, words::Words},
};

/// 2026-11-23, 9.00 UTC.
const NOW: i64 = 1_795_424_400_000;
/// Pixels that may differ, of a million, by more than [`SHADE`] in a colour: rounding differs between processors.
const DIFFERENT: usize = 200;
const SHADE: u8 = 24;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/export")
}

/// The board of the folder under the ids that its file has: import gives new ones in the order of the old.
pub(crate) fn board() -> Board {
    let file = fs::read(folder().join("board.json")).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&file).unwrap();
    let objects = ["items", "links", "comments"].map(|root| json[root].as_array().unwrap().clone()).concat();
    let mut old: Vec<String> = objects.iter().map(|object| object["id"].as_str().unwrap().to_owned()).collect();
    let mut board = import::read(&file).unwrap().board().clone();
    assert_eq!(board.oddities, []);
    let ids = board.items.iter().map(|item| &item.id).chain(board.links.iter().map(|link| &link.id));
    let mut new: Vec<String> = ids.chain(board.comments.iter().map(|comment| &comment.id)).cloned().collect();
    old.sort();
    new.sort();
    let names: BTreeMap<String, String> = new.into_iter().zip(old).collect();
    let rename = |id: &mut String| names[id.as_str()].clone_into(id);
    for item in &mut board.items {
        rename(&mut item.id);
        item.parent.iter_mut().for_each(rename);
    }
    for link in &mut board.links {
        [&mut link.id, &mut link.from, &mut link.to].into_iter().for_each(rename);
    }
    for comment in &mut board.comments {
        rename(&mut comment.id);
        comment.target.iter_mut().for_each(rename);
    }
    board
}

fn exported(format: Format, language: &str) -> Vec<u8> {
    let order = Order { format, words: Words::of(language), decimal: Decimal::Comma, now: NOW };
    let progress = Progress::default();
    let made = make(&board(), order, &progress).unwrap();
    assert_eq!(progress.done(), jalostamo::export::progress::WHOLE, "{format:?}");
    made
}

/// Compares with the kept file, or writes it if asked to.
fn kept(name: &str, made: &[u8], same: impl Fn(&[u8], &[u8]) -> Result<(), String>) {
    let path = folder().join(name);
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        fs::write(&path, made).unwrap();
    }
    let kept = fs::read(&path).unwrap_or_default();
    if let Err(difference) = same(&kept, made) {
        let now = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&now, made).unwrap();
        panic!(
            "{difference}\nLook at both: {}\nand what it is now: {}\nIf it is meant: WRITE_GOLDEN=1 cargo test --release --test it export_golden",
            path.display(),
            now.display()
        );
    }
}

fn same_text(kept: &[u8], made: &[u8]) -> Result<(), String> {
    let (kept, made) = (String::from_utf8_lossy(kept), String::from_utf8_lossy(made));
    let first = kept.lines().zip(made.lines()).zip(1..).find(|((kept, made), _)| kept != made);
    match first {
        Some(((kept, made), line)) => Err(format!("line {line} was\n  {kept}\nand is\n  {made}")),
        None if kept == made => Ok(()),
        None => Err(format!("{} bytes were kept, {} made", kept.len(), made.len())),
    }
}

struct Pixels {
    size: (u32, u32),
    bytes: Vec<u8>,
}

fn pixels(file: &[u8]) -> Result<Pixels, String> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().map_err(|error| error.to_string())?;
    let mut bytes = vec![0; reader.output_buffer_size().ok_or("too large")?];
    let info = reader.next_frame(&mut bytes).map_err(|error| error.to_string())?;
    if (info.color_type, info.bit_depth) != (png::ColorType::Rgb, png::BitDepth::Eight) {
        return Err(format!("{:?}", info.color_type));
    }
    Ok(Pixels { size: (info.width, info.height), bytes })
}

fn same_picture(kept: &[u8], made: &[u8]) -> Result<(), String> {
    let (kept, made) = (pixels(kept)?, pixels(made)?);
    if kept.size != made.size {
        return Err(format!("the picture was {:?} and is {:?}", kept.size, made.size));
    }
    let pairs = kept.bytes.chunks_exact(3).zip(made.bytes.chunks_exact(3));
    let differ = pairs.filter(|(kept, made)| kept.iter().zip(*made).any(|(a, b)| a.abs_diff(*b) > SHADE)).count();
    let all = kept.bytes.len() / 3;
    if differ * 1_000_000 > DIFFERENT * all { Err(format!("{differ} of {all} pixels differ")) } else { Ok(()) }
}

#[test]
fn the_picture() {
    kept("board.svg", &exported(Format::Svg, "fi"), same_text);
    kept("board.sv.svg", &exported(Format::Svg, "sv"), same_text);
}

#[test]
fn the_painted_picture() {
    kept("board.png", &exported(Format::Png, "fi"), same_picture);
}

#[test]
fn the_report() {
    for (language, name) in [("fi", "board.md"), ("sv", "board.sv.md"), ("en", "board.en.md")] {
        kept(name, &exported(Format::Markdown, language), same_text);
    }
}

#[test]
fn the_tables() {
    kept("next-steps.csv", &exported(Format::NextStepsCsv, "fi"), same_text);
    kept("obstacles.csv", &exported(Format::ObstaclesCsv, "fi"), same_text);
    kept("steps.csv", &exported(Format::StepsCsv, "fi"), same_text);
}

#[test]
fn the_file() {
    kept("board.json", &exported(Format::Json, "fi"), same_text);
}

#[test]
fn the_comparisons_can_fail() {
    let picture = exported(Format::Png, "en");
    assert!(same_picture(&picture, &picture).is_ok());
    // Other words are another picture.
    assert!(same_picture(&picture, &exported(Format::Png, "sv")).is_err());
    assert!(same_picture(b"", &picture).is_err());
    assert!(same_text(b"a\nb", b"a\nc").is_err() && same_text(b"a", b"a\nb").is_err() && same_text(b"a", b"a").is_ok());
}
