//! kill -9 while people work, and a restart: what anybody had received must be there. Knows no servers.

use std::{rc::Rc, time::Duration};

use super::fan_out::{Load, movers};
use crate::{
    client::Client,
    clock::now,
    report::Figures,
    room::{Room, Shared},
    run::{BASE, gather, until},
    servers::{Kind, Place, Server},
    writers::write,
};

/// How long a server may take to read its documents after a restart.
const READING: Duration = Duration::from_secs(10);

/// One run: one kill.
pub(crate) async fn run(kind: &Kind, place: &Place, load: &Load) -> Result<Figures, String> {
    let mut server = Server::start(kind, place, 1, load.clients).await?;
    let tally = Shared::default();
    let session = gather(&server, &server.documents[0], load.writers, load.writers * 5, &tally).await?;
    let (mut writers, _) = movers(&session, load, load.messages())?;
    let start = now() + 10_000_000;
    // Not at the same point of anything that happens every second.
    let work = load.warm + load.seconds * (0.5 + 0.5 * (now() % 1_000) as f64 / 1_000.0);
    let end = start + (work * 1e9) as u64;
    let killed = async {
        tokio::time::sleep_until(crate::clock::instant(end - 1_000_000)).await;
        server.kill().await
    };
    let (killed, ()) = tokio::join!(killed, write(&mut writers, load.interval(), start, end, &tally));
    killed?;
    // What the system had taken from the server still comes; then every connection ends.
    until(READING, || {
        let open = session.clients.iter().filter(|client| client.received.borrow().ended.is_none()).count();
        (open > 0).then(|| format!("{open} connections outlive the server"))
    })
    .await?;

    let mut had = vec![0; load.writers + 1];
    for client in &session.clients {
        client.received.borrow().up_to().enumerate().for_each(|(author, next)| had[author] = had[author].max(next));
    }
    had[0] = session.board.end;
    server.revive(place).await?;
    let room = Room::new(BASE, load.writers + 1, &Shared::default());
    for (author, next) in room.borrow_mut().authors.iter_mut().zip(&had) {
        author.end = *next;
    }
    let (door, framing) = &server.documents[0].seats[0];
    let newcomer = Client::join(door, framing, &room, None, true).await?;
    let whole = until(READING, || newcomer.lacks()).await;
    let has: Vec<u64> = newcomer.received.borrow().up_to().collect();
    let missing: u64 = had.iter().zip(&has).skip(1).map(|(had, has)| had.saturating_sub(*has)).sum();
    if kind.is_ours() {
        whole.map_err(|what| format!("{missing} edits that others had received are missing: {what}"))?;
        let kept = Rc::clone(&newcomer.received);
        crate::board::copy(kept.borrow().kept.iter().flatten().map(Vec::as_slice))?;
    }
    let mut figures = Figures::default();
    figures.put("seconds until the kill", work);
    figures.put("edits that others had", had.iter().skip(1).sum::<u64>() as f64);
    figures.put("of them missing", missing as f64);
    figures.put("board missing", f64::from(u8::from(has[0] < had[0])));
    server.kill().await?;
    Ok(figures)
}
