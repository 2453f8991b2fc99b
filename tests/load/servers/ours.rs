//! Jalostamo as a child process on a new data folder, with boards and people put into that before. Knows no scenarios.

use std::{net::SocketAddr, path::Path};

use jalostamo::{
    access::secret::Secret,
    clock,
    ids::{BoardId, PersonId},
    role::Role,
    store::{
        Change, Commit, Journal as _, SqliteStore,
        records::{Board, Member, Person, Session},
    },
};

use super::{Document, Framing, Kind, Place, Server, folder, text};
use crate::{line::Door, process::Process};

/// A board and its people, each with a bearer token.
struct Peopled {
    board: BoardId,
    people: Vec<(PersonId, String)>,
}

pub(super) async fn start(place: &Place, hocuspocus: bool, boards: usize, people: usize) -> Result<Server, String> {
    let data = folder(place)?;
    let peopled = fill(data.path(), boards, people).await?;
    let (process, address) = run(place, data.path(), "127.0.0.1:0").await?;
    let documents = peopled.into_iter().map(|board| document(address, hocuspocus, board)).collect::<Result<_, _>>()?;
    Ok(Server { kind: Kind::Ours { hocuspocus }, process: Some(process), data: Some(data), documents })
}

/// Starts the program and waits until it listens.
pub(super) async fn run(place: &Place, data: &Path, listen: &str) -> Result<(Process, SocketAddr), String> {
    let arguments = ["--data", &text(data), "--listen", listen, "--log", "warn"].map(str::to_owned);
    let mut process = Process::start(&place.binary, &arguments, &[])?;
    let link = process.says("Owner link: ").await?;
    let port = link.split('/').nth(2).and_then(|authority| authority.rsplit(':').next()).ok_or("no port in the link")?;
    let address = format!("127.0.0.1:{port}").parse().map_err(|_| format!("no port in {link}"))?;
    Ok((process, address))
}

fn document(address: SocketAddr, hocuspocus: bool, board: Peopled) -> Result<Document, String> {
    let name = format!("board.{}", board.board);
    let seat = |token: String| {
        if hocuspocus {
            let door = Door { address, path: "/collab".to_owned(), token: None };
            (door, Framing::Hocuspocus { document: name.clone(), token })
        } else {
            (Door { address, path: format!("/sync/{name}"), token: Some(token) }, Framing::YWebsocket)
        }
    };
    let author = board.people.first().ok_or("a board without people")?.0;
    Ok(Document { seats: board.people.into_iter().map(|(_, token)| seat(token)).collect(), author })
}

/// Puts boards and people into a folder on which no server runs.
async fn fill(data: &Path, boards: usize, people: usize) -> Result<Vec<Peopled>, String> {
    let (mut records, mut made) = (Vec::new(), Vec::new());
    for _ in 0..boards {
        let mut peopled = Peopled { board: BoardId::new(), people: Vec::new() };
        for number in 0..people {
            let (person, secret) = (PersonId::new(), Secret::new().map_err(|error| error.to_string())?);
            let (now, name) = (clock::now_ms(), format!("Person {number}"));
            records.push(Change::PutPerson(Person {
                id: person,
                name,
                language: "en".into(),
                made: now,
                server_owner: false,
            }));
            if number == 0 {
                let (id, title) = (peopled.board, "Board".to_owned());
                records.push(Change::NewBoard(Board { id, epoch: 1, title, made: now, made_by: person, series: None }));
            }
            let member = Member { board: peopled.board, person, role: Role::Participant, invite: None };
            records.push(Change::PutMember(member));
            records.push(Change::NewSession(Session { secret: secret.hash(), person, made: now, expires: None }));
            peopled.people.push((person, secret.expose().to_owned()));
        }
        made.push(peopled);
    }
    let store = SqliteStore::open(data).map_err(|error| error.to_string())?;
    store.commit(Commit { appends: vec![], records }).await.map_err(|error| error.to_string())?;
    store.close().await;
    Ok(made)
}
