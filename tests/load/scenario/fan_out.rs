//! One board, many people, some of them moving notes. Knows no servers.

use std::{rc::Rc, time::Duration};

use tokio::time::sleep_until;

use crate::{
    board::Mover,
    clock::{instant, now},
    report::Figures,
    room::Shared,
    run::{Mark, PATIENCE, Session, gather},
    servers::{Kind, Place, Server},
    writers::{Writer, write},
};

/// Each moves notes of its own.
const NOTES_EACH: usize = 5;

/// How much is going on.
#[derive(Debug, Clone)]
pub(crate) struct Load {
    pub(crate) clients: usize,
    pub(crate) writers: usize,
    /// Edits a second of each writer.
    pub(crate) rate: f64,
    /// What is not counted before the measurement.
    pub(crate) warm: f64,
    pub(crate) seconds: f64,
}

impl Load {
    /// Nanoseconds between two edits of one writer.
    pub(crate) fn interval(&self) -> u64 {
        (1e9 / self.rate) as u64
    }

    /// Edits of one writer in all.
    pub(crate) fn edits(&self) -> usize {
        ((self.warm + self.seconds) * self.rate).ceil() as usize + 1
    }
}

/// Writers of one session, and the moves that each is going to make.
pub(crate) fn movers(
    session: &Session,
    base: u64,
    writers: usize,
    edits: usize,
) -> Result<(Vec<Writer>, Vec<Rc<Vec<Vec<u8>>>>), String> {
    let (mut all, mut plans) = (Vec::new(), Vec::new());
    for place in 0..writers {
        let author = place + 1;
        let client = Rc::clone(&session.clients[place]);
        let mut mover = Mover::new(base + author as u64, &session.board, place * NOTES_EACH..(place + 1) * NOTES_EACH)?;
        let plan: Rc<Vec<Vec<u8>>> = Rc::new((0..edits).map(|_| mover.step()).collect());
        let (framing, moves, mut made) = (client.framing.clone(), Rc::clone(&plan), 0);
        let next = Box::new(move || {
            made += 1;
            (framing.update(&moves[made - 1]), made as u64)
        });
        all.push(Writer { client, room: Rc::clone(&session.room), author, next });
        plans.push(plan);
    }
    Ok((all, plans))
}

/// One run.
pub(crate) async fn run(kind: &Kind, place: &Place, load: &Load) -> Result<Figures, String> {
    let server = Server::start(kind, place, 1, load.clients).await?;
    let tally = Shared::default();
    let document = &server.documents[0];
    let session = gather(&server, document, load.writers, load.writers * NOTES_EACH, &tally).await?;
    let base = session.room.borrow().base;
    let (mut writers, plans) = movers(&session, base, load.writers, load.edits())?;

    let start = now() + 10_000_000;
    let from = start + (load.warm * 1e9) as u64;
    let until = from + (load.seconds * 1e9) as u64;
    (tally.borrow_mut().from, tally.borrow_mut().until) = (from, until);
    let measured = async {
        sleep_until(instant(from)).await;
        let mark = Mark::now(&server, &tally)?;
        sleep_until(instant(until)).await;
        mark.until_now(&server, &tally)
    };
    let (window, ()) = tokio::join!(measured, write(&mut writers, load.interval(), start, until, &tally));
    let window = window?;
    session.complete(PATIENCE).await?;
    // Before a newcomer gets everything once more.
    let figures = Figures::of(&window, &tally);
    let sent: Vec<Vec<Vec<u8>>> = writers
        .iter()
        .zip(&plans)
        .map(|(writer, plan)| plan[..session.room.borrow().authors[writer.author].end as usize].to_vec())
        .collect();
    session.equal(&server, document, &sent).await?;

    for client in &session.clients {
        client.line.close();
    }
    server.stop().await?;
    tokio::time::sleep(Duration::from_millis(20)).await;
    Ok(figures)
}
