//! The server dies, is started again, and everybody comes back at once. Knows no servers.

use futures_util::future::try_join_all;

use super::fan_out::{Load, movers};
use crate::{
    client::Client,
    clock::now,
    report::Figures,
    room::{Room, Shared},
    run::{BASE, PATIENCE, gather, measure, until},
    servers::{Kind, Place, Server},
};

/// One run.
pub(crate) async fn run(kind: &Kind, place: &Place, load: &Load) -> Result<Figures, String> {
    let mut server = Server::start(kind, place, load.boards, load.clients).await?;
    let tally = Shared::default();
    let (mut sessions, mut writers) = (Vec::new(), Vec::new());
    for document in &server.documents {
        let session = gather(&server, document, load.writers, load.writers * 5, &tally).await?;
        writers.extend(movers(&session, load, load.messages())?.0);
        sessions.push(session);
    }
    measure(&server, &mut writers, load.interval(), load.warm, load.seconds, &tally).await?;
    for session in &sessions {
        session.complete(PATIENCE).await?;
    }
    server.kill().await?;
    let began = now();
    server.revive(place).await?;
    let listening = now();
    let mut back = Vec::new();
    for (document, session) in server.documents.iter().zip(&sessions) {
        let room = Room::new(BASE, load.writers + 1, &Shared::default());
        for (author, before) in room.borrow_mut().authors.iter_mut().zip(&session.room.borrow().authors) {
            author.end = before.end;
        }
        for (door, framing) in &document.seats {
            let room = room.clone();
            back.push(async move {
                let client = Client::join(door, framing, &room, None, false).await?;
                until(PATIENCE, || client.lacks()).await?;
                Ok::<_, String>((now(), client))
            });
        }
    }
    let back = try_join_all(back).await?;
    let last = back.iter().map(|(at, _)| *at).max().unwrap_or_default();
    let mut figures = Figures::default();
    figures.put("clients", back.len() as f64);
    figures.put("listens again after s", (listening - began) as f64 / 1e9);
    figures.put("last in sync after s", (last - listening) as f64 / 1e9);
    figures.put("peak MiB", server.peak()? / 1_048_576.0);
    server.kill().await?;
    Ok(figures)
}
