//! What connections and boards cost while nobody does anything, and after everybody has left. Knows no servers.

use std::time::Duration;

use tokio::time::sleep;

use crate::{
    report::Figures,
    room::Shared,
    run::gather,
    servers::{Kind, Place, Server},
};

/// How long memory is given to settle.
const SETTLE: Duration = Duration::from_secs(3);
const MIB: f64 = 1_048_576.0;

/// What there is to be held.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) boards: usize,
    pub(crate) clients: usize,
    pub(crate) notes: usize,
    /// How long everybody stays without doing anything, before memory is looked at once more.
    pub(crate) stay: Duration,
    /// How long after everybody has left memory is looked at.
    pub(crate) after: Duration,
}

/// One run.
pub(crate) async fn run(kind: &Kind, place: &Place, held: &Held) -> Result<Figures, String> {
    let mut server = Server::start(kind, place, held.boards, held.clients).await?;
    sleep(SETTLE).await;
    let start = server.resident()?;
    let tally = Shared::default();
    let (mut sessions, mut encoded) = (Vec::new(), 0);
    for document in &server.documents {
        let session = gather(&server, document, 1, held.notes, &tally).await?;
        encoded += session.board.whole()?.len();
        sessions.push(session);
    }
    sleep(SETTLE).await;
    let open = server.resident()?;
    sleep(held.stay).await;
    let still = server.resident()?;
    let mut clients = sessions.iter().flat_map(|session| &session.clients);
    if let Some(why) = clients.find_map(|client| client.lacks()) {
        return Err(format!("somebody who did nothing: {why}"));
    }
    sessions.iter().flat_map(|session| &session.clients).for_each(|client| client.line.close());
    sleep(held.after).await;
    let left = server.resident()?;

    let mut figures = Figures::default();
    let connections = (held.boards * held.clients) as f64;
    figures.put("start MiB", start / MIB);
    figures.put("KiB/connection", (open - start) / 1024.0 / connections);
    figures.put("KiB/board", (open - start) / 1024.0 / held.boards as f64);
    figures.put("KiB/board later", (still - start) / 1024.0 / held.boards as f64);
    figures.put("encoded KiB/board", encoded as f64 / 1024.0 / held.boards as f64);
    figures.put("left MiB", left / MIB);
    figures.put("left × start", left / start);
    server.kill().await?;
    Ok(figures)
}
