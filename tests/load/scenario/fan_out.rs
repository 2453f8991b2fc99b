//! Boards, people on each, some of them moving notes: fan-out and rooms. Knows no servers.

use std::rc::Rc;

use crate::{
    board::Mover,
    report::Figures,
    room::{Sent, Shared},
    run::{PATIENCE, Session, gather, measure},
    servers::{Kind, Place, Server},
    writers::Writer,
};

/// Each moves notes of its own.
const NOTES_EACH: usize = 5;

/// How much is going on.
#[derive(Debug, Clone)]
pub(crate) struct Load {
    pub(crate) boards: usize,
    /// On each board.
    pub(crate) clients: usize,
    pub(crate) writers: usize,
    /// On each board; those that are moved are among them.
    pub(crate) notes: usize,
    /// Messages a second of each writer.
    pub(crate) rate: f64,
    /// Notes that one message moves: each is an edit.
    pub(crate) group: usize,
    /// What is not counted before the measurement.
    pub(crate) warm: f64,
    pub(crate) seconds: f64,
}

impl Load {
    /// Nanoseconds between two edits of one writer.
    pub(crate) fn interval(&self) -> u64 {
        (1e9 / self.rate) as u64
    }

    /// Messages of one writer in all.
    pub(crate) fn messages(&self) -> usize {
        ((self.warm + self.seconds) * self.rate).ceil() as usize + 1
    }
}

/// What each writer of a session is going to send.
type Plans = Vec<Rc<Vec<Vec<u8>>>>;

/// Writers of one session, and the moves that each is going to make.
pub(crate) fn movers(session: &Session, load: &Load, messages: usize) -> Result<(Vec<Writer>, Plans), String> {
    let (mut all, mut plans) = (Vec::new(), Vec::new());
    let base = session.room.borrow().base;
    for (author, client) in (1..).zip(session.clients.iter().take(load.writers)) {
        let each = NOTES_EACH.max(load.group);
        let own = (author - 1) * each..author * each;
        let mut mover = Mover::new(base + author as u64, &session.board, own)?;
        let plan: Rc<Vec<Vec<u8>>> = Rc::new((0..messages).map(|_| mover.step(load.group)).collect());
        let (framing, moves, mut made, group) = (client.framing.clone(), Rc::clone(&plan), 0, load.group);
        let next = Box::new(move || {
            made += 1;
            (framing.update(&moves[made - 1]), Sent::Edits { end: (made * group) as u64 })
        });
        all.push(Writer { client: Rc::clone(client), room: Rc::clone(&session.room), author, next });
        plans.push(plan);
    }
    Ok((all, plans))
}

/// Everybody has everything, and copies are equal.
pub(crate) async fn check(server: &Server, sessions: &[Session], plans: &[Plans], group: usize) -> Result<(), String> {
    for ((session, document), plans) in sessions.iter().zip(&server.documents).zip(plans) {
        let sent = |(place, plan): (usize, &Rc<Vec<Vec<u8>>>)| {
            plan[..session.room.borrow().authors[place + 1].end as usize / group].to_vec()
        };
        let own: Vec<Vec<Vec<u8>>> = plans.iter().enumerate().map(sent).collect();
        session.equal(server, document, &own).await?;
    }
    Ok(())
}

/// One run.
pub(crate) async fn run(kind: &Kind, place: &Place, load: &Load) -> Result<Figures, String> {
    let mut server = Server::start(kind, place, load.boards, load.clients).await?;
    let tally = Shared::default();
    let (mut sessions, mut writers, mut plans) = (Vec::new(), Vec::new(), Vec::new());
    for document in &server.documents {
        let session =
            gather(&server, document, load.writers, load.notes.max(load.writers * NOTES_EACH), &tally).await?;
        let (movers, plan) = movers(&session, load, load.messages())?;
        writers.extend(movers);
        plans.push(plan);
        sessions.push(session);
    }
    let window = measure(&server, &mut writers, load.interval(), load.warm, load.seconds, &tally).await?;
    for session in &sessions {
        session.complete(PATIENCE).await?;
    }
    // Before newcomers get everything once more.
    let figures = Figures::of(&window, &tally);
    check(&server, &sessions, &plans, load.group).await?;
    server.kill().await?;
    Ok(figures)
}
