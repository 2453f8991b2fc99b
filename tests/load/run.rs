//! The course of a run: everybody joins, works, and in the end has everything. Knows no single scenario.

use std::{cell::RefCell, rc::Rc, time::Duration};

use tokio::time::{Instant, sleep, sleep_until};

use crate::{
    board::{self, Board},
    client::Client,
    clock::{instant, now},
    process::Usage,
    room::{Room, Shared},
    servers::{Document, Server},
    writers::{Writer, write},
};

/// How long something may take that takes moments on a server that works.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// Clients of each room whose copies are looked at, from their own bytes.
const COPIES: usize = 3;

/// One document and everybody in it.
pub(crate) struct Session {
    pub(crate) room: Rc<RefCell<Room>>,
    pub(crate) clients: Vec<Rc<Client>>,
    pub(crate) board: Board,
}

/// Waits until nothing is lacking; otherwise what.
pub(crate) async fn until(patience: Duration, lacking: impl Fn() -> Option<String>) -> Result<(), String> {
    let began = Instant::now();
    while let Some(what) = lacking() {
        if began.elapsed() > patience {
            return Err(format!("after {} s: {what}", patience.as_secs()));
        }
        sleep(Duration::from_millis(1)).await;
    }
    Ok(())
}

/// The first client makes the board, the others join; returns when everybody has it. The first `writers` clients are
/// authors 1, 2, …; author 0 is who made the board.
pub(crate) async fn gather(
    server: &Server,
    document: &Document,
    writers: usize,
    notes: usize,
    tally: &Shared,
) -> Result<Session, String> {
    let board = Board::new(BASE, document.author, notes, 0);
    gather_on(server, document, writers, board, tally).await
}

/// The client id of whoever makes a board; the writers' follow.
pub(crate) const BASE: u64 = 1_000_000;

/// As [`gather`], on a board of [`BASE`] that is already made.
pub(crate) async fn gather_on(
    server: &Server,
    document: &Document,
    writers: usize,
    board: Board,
    tally: &Shared,
) -> Result<Session, String> {
    let room = Room::new(BASE, writers + 1, tally);
    let mut clients = Vec::new();
    for (place, (door, framing)) in document.seats.iter().enumerate() {
        let own = (place < writers).then_some(place + 1);
        let client = Client::join(door, framing, &room, own, place < COPIES).await?;
        if place == 0 {
            if server.keeps() {
                until(PATIENCE, || {
                    client.received.borrow().whole.is_none().then(|| "no answer to the first".to_owned())
                })
                .await?;
            }
            board.parts.iter().for_each(|part| client.line.send(&framing.update(part)));
        }
        if place == 0 || !server.keeps() {
            // Nobody will tell.
            client.received.borrow_mut().knows(0, board.end);
        }
        clients.push(Rc::new(client));
    }
    room.borrow_mut().authors[0].end = board.end;
    let session = Session { room, clients, board };
    session.complete(PATIENCE).await?;
    Ok(session)
}

/// Lets everybody write, and measures after the warm-up; all in seconds but the interval.
pub(crate) async fn measure(
    server: &Server,
    writers: &mut [Writer],
    interval: u64,
    warm: f64,
    seconds: f64,
    tally: &Shared,
) -> Result<Window, String> {
    let start = now() + 10_000_000;
    let from = start + (warm * 1e9) as u64;
    let until = from + (seconds * 1e9) as u64;
    (tally.borrow_mut().from, tally.borrow_mut().until) = (from, until);
    let measured = async {
        sleep_until(instant(from)).await;
        let mark = Mark::now(server, tally)?;
        sleep_until(instant(until)).await;
        mark.until_now(server, tally)
    };
    let (window, ()) = tokio::join!(measured, write(writers, interval, start, until, tally));
    window
}

/// CPU and memory around the measured part of a run.
pub(crate) struct Window {
    pub(crate) seconds: f64,
    pub(crate) delivered: u64,
    pub(crate) messages: u64,
    pub(crate) cpu: f64,
    pub(crate) usage: Usage,
}

/// A moment of the measurement.
pub(crate) struct Mark {
    at: u64,
    delivered: u64,
    messages: u64,
    usage: Usage,
}

impl Mark {
    pub(crate) fn now(server: &Server, tally: &Shared) -> Result<Self, String> {
        let usage = server.process().map(|process| process.usage()).transpose()?.unwrap_or_default();
        let tally = tally.borrow();
        Ok(Self { at: now(), delivered: tally.delivered, messages: tally.messages, usage })
    }

    /// What there was since this moment.
    pub(crate) fn until_now(&self, server: &Server, tally: &Shared) -> Result<Window, String> {
        let end = Mark::now(server, tally)?;
        Ok(Window {
            seconds: (end.at - self.at) as f64 / 1e9,
            delivered: end.delivered - self.delivered,
            messages: end.messages - self.messages,
            cpu: end.usage.seconds_since(&self.usage),
            usage: end.usage,
        })
    }
}

impl Session {
    /// Everybody has the newest presence of everybody else.
    pub(crate) async fn present(&self, patience: Duration) -> Result<(), String> {
        until(patience, || {
            let lacking = self.clients.iter().enumerate();
            lacking
                .filter_map(|(place, client)| client.lacks_presence().map(|what| format!("client {place}: {what}")))
                .next()
        })
        .await
    }

    /// Everybody has every edit of everybody else.
    pub(crate) async fn complete(&self, patience: Duration) -> Result<(), String> {
        until(patience, || {
            let lacking = self.clients.iter().enumerate();
            let mut lacking = lacking.filter_map(|(place, client)| client.lacks().map(|what| (place, what)));
            let (place, what) = lacking.next()?;
            Some(format!("client {place} and {} more: {what}", lacking.count()))
        })
        .await
    }

    /// Copies made of what some clients received, and of what a newcomer gets, say the same.
    pub(crate) async fn equal(&self, server: &Server, document: &Document, own: &[Vec<Vec<u8>>]) -> Result<(), String> {
        let mut copies = Vec::new();
        for (place, client) in self.clients.iter().enumerate().take(COPIES) {
            let received = client.received.borrow();
            let kept = received.kept.iter().flatten().map(Vec::as_slice);
            // Nobody hears its own edits from the server, and a server that keeps nothing gives no board.
            let own = own.get(place).into_iter().flatten().map(Vec::as_slice);
            let begin = self.board.parts.iter().map(Vec::as_slice);
            copies.push((format!("client {place}"), board::copy(begin.chain(own).chain(kept))?));
        }
        if let Some((door, framing)) = document.seats.last().filter(|_| server.keeps()) {
            let newcomer = Client::join(door, framing, &self.room, None, true).await?;
            until(PATIENCE, || newcomer.lacks().map(|what| format!("a newcomer: {what}"))).await?;
            let received = newcomer.received.borrow();
            copies.push(("a newcomer".to_owned(), board::copy(received.kept.iter().flatten().map(Vec::as_slice))?));
            newcomer.line.close();
        }
        let Some((first, expected)) = copies.first() else { return Ok(()) };
        for (name, copy) in &copies {
            if copy != expected {
                let different = expected.iter().find(|(id, note)| copy.get(*id) != Some(note));
                return Err(format!("{name} differs from {first}: {different:?}"));
            }
        }
        Ok(())
    }
}
