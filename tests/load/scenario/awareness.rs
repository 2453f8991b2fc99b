//! One board where everybody's cursor moves. Knows no servers.

use std::rc::Rc;

use super::fan_out::Load;
use crate::{
    report::Figures,
    room::{Sent, Shared},
    run::{PATIENCE, gather, measure},
    servers::{Kind, Place, Server},
    writers::Writer,
};

/// One run. States that a newer one overtakes need not arrive; the last of everybody must.
pub(crate) async fn run(kind: &Kind, place: &Place, load: &Load) -> Result<Figures, String> {
    let mut server = Server::start(kind, place, 1, load.clients).await?;
    let tally = Shared::default();
    let session = gather(&server, &server.documents[0], load.clients, 10, &tally).await?;
    let base = session.room.borrow().base;
    let writer = |(place, client): (usize, &Rc<_>)| {
        let (client, author): (Rc<crate::client::Client>, usize) = (Rc::clone(client), place + 1);
        let (framing, mut number) = (client.framing.clone(), 0);
        let next = Box::new(move || {
            number += 1;
            let state = format!(r#"{{"cursor":[{number},{}],"selection":[],"view":"canvas"}}"#, number * 7 % 900);
            (framing.awareness(base + author as u64, number, &state), Sent::Presence { number })
        });
        Writer { client, room: Rc::clone(&session.room), author, next: next as _ }
    };
    let mut writers: Vec<Writer> = session.clients.iter().enumerate().map(writer).collect();
    let window = measure(&server, &mut writers, load.interval(), load.warm, load.seconds, &tally).await?;
    session.present(PATIENCE).await?;
    let mut figures = Figures::of(&window, &tally);
    let due = load.clients as f64 * load.rate * (load.clients - 1) as f64 * window.seconds;
    figures.put("arrived %", window.delivered as f64 / due * 100.0);
    server.kill().await?;
    Ok(figures)
}
