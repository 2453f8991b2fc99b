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

use super::{Document, Framing, Place, text};
use crate::{line::Door, process::Process};

/// A board and its people, each with a bearer token.
pub(super) struct Peopled {
    board: BoardId,
    people: Vec<(PersonId, String)>,
}

/// Starts the program and waits until it listens.
pub(super) async fn start(place: &Place, data: &Path, address: SocketAddr) -> Result<Process, String> {
    let arguments = ["--data", &text(data), "--listen", &address.to_string(), "--log", "warn"].map(str::to_owned);
    let mut process = Process::start(&place.binary, &arguments, &[])?;
    process.says("Owner link: ").await?;
    Ok(process)
}

/// The boards by their addresses and the people's tokens.
pub(super) fn documents(address: SocketAddr, hocuspocus: bool, boards: Vec<Peopled>) -> Vec<Document> {
    let document = |board: Peopled| {
        let name = format!("board.{}", board.board);
        let seat = |token: String| {
            if hocuspocus {
                let door = Door { address, path: "/collab".to_owned(), token: None, window: None };
                (door, Framing::Hocuspocus { document: name.clone(), token })
            } else {
                (Door { address, path: format!("/sync/{name}"), token: Some(token), window: None }, Framing::YWebsocket)
            }
        };
        let author = board.people.first().map_or_else(PersonId::new, |(person, _)| *person);
        Document { seats: board.people.into_iter().map(|(_, token)| seat(token)).collect(), author }
    };
    boards.into_iter().map(document).collect()
}

/// Puts boards and people into a folder on which no server runs.
pub(super) async fn fill(data: &Path, boards: usize, people: usize) -> Result<Vec<Peopled>, String> {
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
