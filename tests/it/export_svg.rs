//! The picture of a board is made of a closed list of elements, whatever people have written on the board.

use jalostamo::{
    board::demo,
    export::{svg, words::Words},
};

#[test]
fn the_demo_is_drawn() {
    let picture = svg::write(demo::file().unwrap().board(), Words::of("fi"));
    if let Some(path) = std::env::var_os("WRITE_PICTURE") {
        std::fs::write(path, &picture).unwrap();
    }
    assert!(picture.starts_with(b"<svg"));
}
