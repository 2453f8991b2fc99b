//! Some stop reading: do the others notice, and do the slow have everything once they read again? Knows no servers.

use super::fan_out::{Load, movers};
use crate::{
    report::Figures,
    room::{Shared, Tally},
    run::{PATIENCE, gather, measure},
    servers::{Kind, Place, Server},
};

/// What the system keeps for one who does not read, in bytes.
const WINDOW: u32 = 8 * 1024;

/// One run: first everybody reads, then the last `slow` do not.
pub(crate) async fn run(kind: &Kind, place: &Place, load: &Load, slow: usize) -> Result<Figures, String> {
    let mut server = Server::start(kind, place, 1, load.clients).await?;
    for (door, _) in server.documents[0].seats.iter_mut().rev().take(slow) {
        door.window = Some(WINDOW);
    }
    let tally = Shared::default();
    let session = gather(&server, &server.documents[0], load.writers, load.writers * load.group, &tally).await?;
    let (mut writers, _) = movers(&session, load, 2 * load.messages())?;
    let sleepers = || session.clients.iter().rev().take(slow);
    sleepers().for_each(|client| client.received.borrow_mut().timed = false);

    let before = measure(&server, &mut writers, load.interval(), load.warm, load.seconds, &tally).await?;
    session.complete(PATIENCE).await?;
    let quiet = tally.replace(Tally::default()).latency;
    sleepers().for_each(|client| client.line.deafen(true));
    let with = measure(&server, &mut writers, load.interval(), load.warm, load.seconds, &tally).await?;
    // The others have everything before the slow read again.
    for client in session.clients.iter().take(load.clients - slow) {
        crate::run::until(PATIENCE, || client.lacks()).await?;
    }
    let busy = tally.replace(Tally::default()).latency;
    sleepers().for_each(|client| client.line.deafen(false));
    session.complete(PATIENCE).await?;

    let (quiet, busy) = (quiet.milliseconds(0.95), busy.milliseconds(0.95));
    let mut figures = Figures::default();
    figures.put("p95 ms", quiet);
    figures.put("p95 ms beside slow ones", busy);
    figures.put("× without", busy / quiet);
    figures.put("MiB", before.usage.resident as f64 / 1_048_576.0);
    figures.put("MiB beside slow ones", with.usage.resident as f64 / 1_048_576.0);
    figures.put("CPU %", before.cpu / before.seconds * 100.0);
    figures.put("CPU % beside slow ones", with.cpu / with.seconds * 100.0);
    server.kill().await?;
    Ok(figures)
}
