//! Newcomers to a large board with a long history, and who works on it meanwhile. Knows no servers.

use std::time::Duration;

use futures_util::future::try_join_all;
use tokio::time::sleep;

use super::fan_out::{Load, movers};
use crate::{
    board::Board,
    client::Client,
    clock::now,
    framing::Framing,
    report::Figures,
    room::{Room, Shared, Tally},
    run::{BASE, Mark, PATIENCE, gather_on, measure, until},
    servers::{Document, Kind, Place, Server},
};

const NOTES: usize = 5_000;
/// Newcomers who come one after another.
const ALONE: usize = 10;

/// One who comes, and how many milliseconds after it began to connect it had the board.
async fn newcomer(document: &Document, seat: usize, board: &Board) -> Result<(Client, f64), String> {
    // A room of its own: nothing that it receives is an edit that is measured.
    let room = Room::new(BASE, 1, &Shared::default());
    room.borrow_mut().authors[0].end = board.end;
    let (door, framing) = &document.seats[seat];
    let began = now();
    let client = Client::join(door, framing, &room, None, false).await?;
    client.received.borrow_mut().put_off();
    until(PATIENCE, || client.received.borrow().whole.is_none().then(|| "a newcomer has no board".to_owned())).await?;
    let came = client.received.borrow().whole.unwrap_or_default();
    Ok((client, (came - began) as f64 / 1e6))
}

/// They have everything, and leave.
fn whole(newcomers: &[Client]) -> Result<(), String> {
    for client in newcomers {
        client.received.borrow_mut().look();
        if let Some(what) = client.lacks() {
            return Err(format!("a newcomer: {what}"));
        }
        client.line.close();
    }
    Ok(())
}

/// One run. The first `writers` seats are of those who work, the others of those who come.
pub(crate) async fn run(kind: &Kind, place: &Place, load: &Load, moves: usize) -> Result<Figures, String> {
    let mut server = Server::start(kind, place, 1, load.clients).await?;
    let document = &server.documents[0];
    let crowd = load.clients - load.writers;
    let tally = Shared::default();
    let board = Board::new(BASE, document.author, NOTES, moves);
    let encoded = board.whole()?.len();
    let workers = Document { seats: document.seats[..load.writers].to_vec(), author: document.author };
    let session = gather_on(&server, &workers, load.writers, board, &tally).await?;
    if !server.keeps() {
        // The limit: the same bytes for everybody, made beforehand.
        let frame = Framing::YWebsocket.whole(&session.board.whole()?);
        std::fs::write(server.greeting(), frame).map_err(|error| error.to_string())?;
    }
    // Whatever the server does when an edit is followed by nothing.
    sleep(Duration::from_secs(2)).await;

    let (mut alone, mut together) = (Vec::new(), Vec::new());
    let before = Mark::now(&server, &tally)?;
    for number in 0..ALONE {
        let (client, took) = newcomer(document, load.writers + number % crowd, &session.board).await?;
        alone.push(took);
        whole(&[client])?;
    }
    let one_by_one = before.until_now(&server, &tally)?;
    let all = async || {
        let come = (0..crowd).map(|number| newcomer(document, load.writers + number, &session.board));
        try_join_all(come).await
    };
    let before = Mark::now(&server, &tally)?;
    let came = all().await?;
    let at_once = before.until_now(&server, &tally)?;
    let last = came.iter().map(|(_, took)| *took).fold(0.0, f64::max);
    whole(&came.into_iter().map(|(client, _)| client).collect::<Vec<_>>())?;

    // The others at work: first alone, then while everybody comes again.
    let mut figures = Figures::default();
    let (mut writers, _) = movers(&session, load, 3 * load.messages())?;
    measure(&server, &mut writers, load.interval(), load.warm, load.seconds / 2.0, &tally).await?;
    session.complete(PATIENCE).await?;
    let quiet = tally.replace(Tally::default()).latency.milliseconds(0.99);
    let coming = async {
        sleep(Duration::from_secs_f64(0.5)).await;
        together = all().await?;
        Ok::<_, String>(())
    };
    let working = measure(&server, &mut writers, load.interval(), 0.2, load.seconds / 2.0, &tally);
    let (came, worked) = tokio::join!(coming, working);
    came?;
    worked?;
    session.complete(PATIENCE).await?;
    let busy = tally.borrow().latency.milliseconds(0.99);
    whole(&std::mem::take(&mut together).into_iter().map(|(client, _)| client).collect::<Vec<_>>())?;

    alone.sort_by(f64::total_cmp);
    figures.put("encoded MB", encoded as f64 / 1e6);
    figures.put("one ms", alone[alone.len() / 2]);
    figures.put("CPU ms each, alone", one_by_one.cpu * 1e3 / ALONE as f64);
    figures.put("last of the crowd ms", last);
    figures.put("CPU ms each, crowd", at_once.cpu * 1e3 / crowd as f64);
    figures.put("others' p99 ms", quiet);
    figures.put("others' p99 ms meanwhile", busy);
    figures.put("peak MiB", at_once.usage.peak as f64 / 1_048_576.0);
    server.kill().await?;
    Ok(figures)
}
