//! People at work beside connections that send nonsense, and come back when they are thrown out. Knows no servers.

use std::{cell::Cell, time::Duration};

use futures_util::future::join_all;
use tokio::time::interval;

use super::fan_out::{Load, movers};
use crate::{
    client::Client,
    clock::now,
    framing::Framing,
    line::Door,
    report::Figures,
    room::{Room, Shared, Tally},
    run::{BASE, PATIENCE, gather, measure},
    servers::{Document, Kind, Place, Server},
};

pub(crate) const CONNECTIONS: usize = 20;
/// Five frames a second from each: a megabyte in all.
const FRAME: usize = 10_000;
const PAUSE: Duration = Duration::from_millis(200);

/// Nonsense of three kinds: nothing sensible at all, an update, presence.
fn nonsense(framing: &Framing, number: u64) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut byte = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    let bytes: Vec<u8> = (0..FRAME).map(|_| byte()).collect();
    match number % 3 {
        0 => bytes,
        1 => framing.update(&bytes),
        _ => framing.awareness(BASE + number, number, &String::from_utf8_lossy(&bytes[..FRAME / 3])),
    }
}

/// Sends nonsense until `done`; counts the bytes that the server's system has taken.
async fn disturb((door, framing): &(Door, Framing), number: usize, done: &Cell<bool>, taken: &Cell<u64>) {
    let room = Room::new(BASE, 1, &Shared::default());
    let mut ticks = interval(PAUSE);
    let (mut client, mut sent) = (None::<Client>, number as u64);
    while !done.get() {
        ticks.tick().await;
        let open = client.take().filter(|client| client.received.borrow().ended.is_none());
        let next = match open {
            Some(client) => Some(client),
            // It may not be let in again at once.
            None => Client::join(door, framing, &room, None, false).await.ok(),
        };
        if let Some(client) = &next {
            let frame = nonsense(framing, sent);
            client.line.send(&frame);
            taken.set(taken.get() + (frame.len() - client.line.waiting().min(frame.len())) as u64);
            sent += 1;
        }
        client = next;
    }
    client.iter().for_each(|client| client.line.close());
}

/// One run: first only work, then the same work beside garbage. The last seats are of those who disturb.
pub(crate) async fn run(kind: &Kind, place: &Place, load: &Load) -> Result<Figures, String> {
    let mut server = Server::start(kind, place, 1, load.clients).await?;
    let tally = Shared::default();
    let document = &server.documents[0];
    let (seats, strangers) = document.seats.split_at(load.clients - CONNECTIONS);
    let workers = Document { seats: seats.to_vec(), author: document.author };
    let session = gather(&server, &workers, load.writers, load.writers * 5, &tally).await?;
    let (mut writers, _) = movers(&session, load, 2 * load.messages())?;
    let before = measure(&server, &mut writers, load.interval(), load.warm, load.seconds, &tally).await?;
    session.complete(PATIENCE).await?;
    let quiet = tally.replace(Tally::default()).latency;

    let (done, taken, began) = (Cell::new(false), Cell::new(0), now());
    let disturbed = join_all((0..).zip(strangers).map(|(number, seat)| disturb(seat, number, &done, &taken)));
    let work = async {
        let with = measure(&server, &mut writers, load.interval(), load.warm, load.seconds, &tally).await;
        done.set(true);
        with
    };
    let (with, _) = tokio::join!(work, disturbed);
    let (with, seconds) = (with?, (now() - began) as f64 / 1e9);
    session.complete(PATIENCE).await?;
    let busy = tally.borrow().latency.milliseconds(0.95);

    let mut figures = Figures::default();
    figures.put("p95 ms", quiet.milliseconds(0.95));
    figures.put("p95 ms beside garbage", busy);
    figures.put("× without", busy / quiet.milliseconds(0.95));
    figures.put("garbage MB/s", taken.get() as f64 / 1e6 / seconds);
    figures.put("CPU %", before.cpu / before.seconds * 100.0);
    figures.put("CPU % beside garbage", with.cpu / with.seconds * 100.0);
    server.kill().await?;
    Ok(figures)
}
