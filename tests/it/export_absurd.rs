//! No board is too odd for an export: far away, huge, tiny, deep, without letters; and every export ends when it is
//! not wanted any more.

use std::sync::Arc;

use jalostamo::{
    board::{Board, Item, ItemKind, schema::REACH},
    export::{
        Failure, Format, Order,
        csv::Decimal,
        make,
        png::{PIXELS, SIDE},
        progress::{Progress, Stopped},
        words::Words,
    },
};

use crate::export_golden;

fn order(format: Format) -> Order {
    Order { format, words: Words::of("sv"), decimal: Decimal::Dot, now: -5 }
}

/// All formats; of the painted picture the size.
fn all(board: &Board) -> (u32, u32) {
    let mut size = (0, 0);
    for format in Format::ALL {
        let file =
            make(board, order(format), &Progress::default()).unwrap_or_else(|error| panic!("{format:?}: {error}"));
        assert!(!file.is_empty());
        if format == Format::Png {
            let reader = png::Decoder::new(std::io::Cursor::new(&file)).read_info().unwrap();
            size = (reader.info().width, reader.info().height);
        }
    }
    assert!((1..=SIDE).contains(&size.0) && (1..=SIDE).contains(&size.1));
    assert!(u64::from(size.0) * u64::from(size.1) <= PIXELS);
    size
}

#[test]
fn nothing_at_all() {
    all(&Board::default());
}

#[test]
fn things_at_the_end_of_the_world_as_large_as_it_and_smaller_than_a_letter() {
    let mut board = export_golden::board();
    for (item, at) in board.items.iter_mut().zip(0_i64..) {
        let far = if at % 2 == 0 { REACH } else { -REACH };
        item.place = (far * at, far);
        item.size = [(1, 1), (REACH, 1), (1, REACH), (REACH, REACH)][usize::try_from(at % 4).unwrap()];
    }
    let (wide, high) = all(&board);
    assert!(wide == SIDE && high < SIDE);
    // Along the other axis, and one thing alone.
    board.items.iter_mut().for_each(|item| item.place = (item.place.1, item.place.0));
    all(&board);
    board.items.truncate(1);
    all(&board);
}

#[test]
fn texts_without_letters_and_from_right_to_left() {
    for text in [
        "\u{200b}".repeat(4_000),
        "\u{202e}\u{2066}txet desrever\u{2069}".to_owned(),
        "שלום עולם مرحبا بالعالم".repeat(60),
        "e\u{301}\u{302}\u{303}".repeat(1_000),
        "👩‍👩‍👧‍👦🏳️‍🌈🇫🇮".repeat(200),
        "\u{fffd}\u{e000}\u{10ffff}".repeat(50),
        "W".repeat(4_000),
        "\n".repeat(4_000),
    ] {
        let mut board = export_golden::board();
        board.title.clone_from(&text);
        board.items.iter_mut().for_each(|item| item.text.clone_from(&text));
        board.links.iter_mut().for_each(|link| link.text.clone_from(&text));
        all(&board);
    }
}

/// A pile of groups, each in the one before.
fn deep(levels: usize) -> Board {
    let board = export_golden::board();
    let group = board.items.iter().find(|item| item.kind == ItemKind::Group).unwrap();
    let name = |level: usize| format!("u_{level:026}");
    let items = (0..levels).map(|level| Item {
        id: name(level),
        parent: level.checked_sub(1).map(name),
        place: (i64::try_from(level).unwrap(), 0),
        ..group.clone()
    });
    Board { items: items.collect(), ..Board::default() }
}

#[test]
fn containers_thousands_deep() {
    all(&deep(5_000));
}

#[test]
fn references_to_nothing_are_left_out() {
    let mut board = export_golden::board();
    board.items.retain(|item| item.kind != ItemKind::Step);
    all(&board);
    board.items.iter_mut().for_each(|item| item.parent = Some(item.id.clone()));
    all(&board);
}

#[test]
fn whatever_is_not_wanted_is_not_begun() {
    let board = export_golden::board();
    for format in Format::ALL {
        let progress = Progress::default();
        progress.stop();
        assert_eq!(make(&board, order(format), &progress), Err(Failure::Stopped(Stopped)), "{format:?}");
        assert_eq!(progress.done(), 0, "{format:?}");
    }
}

#[test]
fn a_picture_of_a_large_board_is_stopped_on_its_way() {
    let mut board = export_golden::board();
    let note = board.items.iter().find(|item| item.kind == ItemKind::Note).unwrap().clone();
    board.items.extend((0_i64..10_000).map(|number| Item {
        id: format!("n_{number:026}"),
        place: (number % 100 * 240, number / 100 * 160),
        text: format!("Lappu {number}: sana, toinen ja kolmas"),
        ..note.clone()
    }));
    // At every stage: drawn, set, painted.
    for stage in [1, 150, 250, 400] {
        let progress = Arc::new(Progress::default());
        let work = {
            let (board, progress) = (board.clone(), Arc::clone(&progress));
            std::thread::spawn(move || make(&board, order(Format::Png), &progress))
        };
        while progress.done() < stage {
            assert!(!work.is_finished(), "it ended before it could be stopped");
            std::thread::yield_now();
        }
        progress.stop();
        assert_eq!(work.join().unwrap(), Err(Failure::Stopped(Stopped)));
        assert!(progress.done() < jalostamo::export::progress::WHOLE);
    }
}
