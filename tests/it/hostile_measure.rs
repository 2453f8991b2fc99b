//! How much later others get their edits while somebody is hostile or stuck: by command only, since machines differ. Knows the
//! program from outside only.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use jalostamo::{role::Role, wire::lib0::put_bytes};
use tempfile::tempdir;
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{interval, sleep},
};

use crate::support::{
    collab::Client,
    eventually,
    program::{Program, Who, new_board},
    random::setting,
    raw::{Raw, auth},
};

/// The number in `#0001#`, wherever it stands in a frame.
fn number(frame: &[u8]) -> Option<usize> {
    let at = frame.windows(6).position(|part| part[0] == b'#' && part[5] == b'#')?;
    std::str::from_utf8(&frame[at + 1..at + 5]).ok()?.parse().ok()
}

/// A reader in step with the board.
async fn reader(program: &Program, name: &str, who: &Who) -> Raw {
    let mut raw = Raw::open(program.address, "/collab", None).await;
    raw.about(name, auth(&who.token)).await;
    raw.about(name, vec![0, 0, 1, 0]).await;
    raw
}

/// p50 and p95 in milliseconds.
fn of(mut all: Vec<Duration>) -> (f64, f64) {
    all.sort();
    let at = |share: usize| all[(all.len() - 1) * share / 100].as_secs_f64() * 1000.0;
    (at(50), at(95))
}

fn say(what: &str, rounds: &[[(f64, f64); 2]]) {
    let mut ratios: Vec<f64> = rounds.iter().map(|[without, with]| with.1 / without.1).collect();
    ratios.sort_by(f64::total_cmp);
    for [without, with] in rounds {
        println!(
            "{what}: p50 {:.2} ms, p95 {:.2} ms without; p50 {:.2}, p95 {:.2} with",
            without.0, without.1, with.0, with.1
        );
    }
    println!("{what}: p95 with / without, median of {} rounds: {:.2}", rounds.len(), ratios[ratios.len() / 2]);
}

/// Writes notes so many milliseconds apart; how long each takes to the other.
async fn one_to_the_other(one: &Client, two: &mut Raw, notes: usize, apart: u64) -> (f64, f64) {
    let (mut ticks, mut took) = (interval(Duration::from_millis(apart)), Vec::new());
    for note in 0..notes {
        ticks.tick().await;
        let begin = Instant::now();
        one.note(&format!("#{note:04}#")).await;
        while number(&two.frame().await.unwrap()) != Some(note) {}
        took.push(begin.elapsed());
    }
    of(took)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures; see docs/durability.md"]
async fn measure_work_beside_garbage() {
    let data = tempdir().unwrap();
    let (board, people) = new_board(data.path(), &[Role::Participant; 22]).await;
    let name = format!("board.{board}");
    let program = Program::start(data.path()).await;
    let one = program.client(board, &people[0]).await;
    let mut two = reader(&program, &name, &people[1]).await;
    let hostile = watch::Sender::new(false);
    let mut senders = JoinSet::new();
    let mut garbage = vec![0, 2];
    put_bytes(&mut garbage, &[0xff; 5_000]);
    for who in people[2..].iter().cloned() {
        let (mut hostile, name, garbage, address) =
            (hostile.subscribe(), name.clone(), garbage.clone(), program.address);
        senders.spawn(async move {
            // 50 kB a second each, 1 MB a second in all, as far as they are let.
            let mut ticks = interval(Duration::from_millis(100));
            loop {
                hostile.wait_for(|on| *on).await.unwrap();
                let mut raw = Raw::open(address, "/collab", None).await;
                raw.about(&name, auth(&who.token)).await;
                while *hostile.borrow() && raw.is_open().await {
                    ticks.tick().await;
                    raw.about(&name, garbage.clone()).await;
                }
            }
        });
    }
    let mut rounds = Vec::new();
    for _ in 0..setting("JALOSTAMO_ROUNDS", 5) {
        let without = one_to_the_other(&one, &mut two, 400, 10).await;
        hostile.send_replace(true);
        let with = one_to_the_other(&one, &mut two, 400, 10).await;
        hostile.send_replace(false);
        rounds.push([without, with]);
    }
    say("20 connections of garbage", &rounds);
}

/// When which note was written, and how long those that count took to whom they count for.
struct Clocks {
    written: Mutex<Vec<Instant>>,
    took: Mutex<Vec<Duration>>,
    counts: watch::Sender<bool>,
}

/// Reads, unless told to stop, and notes the time of every edit.
async fn read_on(mut raw: Raw, mut stopped: watch::Receiver<bool>, clocks: Arc<Clocks>, may_stop: bool) {
    loop {
        if may_stop {
            stopped.wait_for(|stopped| !*stopped).await.unwrap();
        }
        let Some(frame) = raw.frame_with(Duration::from_secs(100)).await else { return };
        let Some(note) = number(&frame) else { continue };
        if *clocks.counts.borrow() && !may_stop {
            let written = clocks.written.lock().unwrap().get(note).copied();
            clocks.took.lock().unwrap().extend(written.map(|written| written.elapsed()));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures; see docs/durability.md"]
async fn measure_readers_beside_stopped_ones() {
    const READERS: usize = 300;
    let data = tempdir().unwrap();
    let (board, people) = new_board(data.path(), &[Role::Participant; READERS + 1]).await;
    let name = format!("board.{board}");
    let program = Program::start(data.path()).await;
    let one = program.client(board, &people[0]).await;
    let clocks =
        Arc::new(Clocks { written: Mutex::default(), took: Mutex::default(), counts: watch::Sender::new(false) });
    let stopped = watch::Sender::new(false);
    let mut readers = JoinSet::new();
    for (place, who) in people[1..].iter().enumerate() {
        let raw = reader(&program, &name, who).await;
        readers.spawn(read_on(raw, stopped.subscribe(), Arc::clone(&clocks), place < READERS / 6));
    }
    let text = "x".repeat(3_000);
    let write = async |notes: usize, apart: u64| {
        let mut ticks = interval(Duration::from_millis(apart));
        for _ in 0..notes {
            ticks.tick().await;
            let note = {
                let mut written = clocks.written.lock().unwrap();
                written.push(Instant::now());
                written.len() - 1
            };
            one.note(&format!("#{note:04}#{text}")).await;
        }
        one.until("kept", |heard| heard.durable >= heard.sent).await;
    };
    let mut rounds = Vec::new();
    for _ in 0..setting("JALOSTAMO_ROUNDS", 3) {
        let mut round = [(0.0, 0.0); 2];
        for (place, stop) in [false, true].into_iter().enumerate() {
            stopped.send_replace(stop);
            // What the system keeps for those who do not read is full before it counts; without them likewise.
            write(1_200, 4).await;
            sleep(Duration::from_secs(1)).await;
            clocks.counts.send_replace(true);
            write(200, 20).await;
            let expected = 200 * (READERS - READERS / 6);
            eventually("all were met", async || clocks.took.lock().unwrap().len() >= expected).await;
            clocks.counts.send_replace(false);
            round[place] = of(std::mem::take(&mut *clocks.took.lock().unwrap()));
        }
        stopped.send_replace(false);
        rounds.push(round);
    }
    say("50 of 300 stopped", &rounds);
}
