//! The servers that can be driven: started, with documents and people on them. Knows no scenarios.

pub(crate) mod bare;
mod ours;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use jalostamo::ids::PersonId;
use tempfile::TempDir;

use crate::{framing::Framing, line::Door, process::Process};

/// Which server, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Forwards, no more: the limit.
    Bare,
    Ours {
        hocuspocus: bool,
    },
    /// Runs already, at this address; y-websocket.
    Url(String),
}

impl Kind {
    pub(crate) fn is_ours(&self) -> bool {
        matches!(self, Kind::Ours { .. })
    }
}

impl std::str::FromStr for Kind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "bare" => Kind::Bare,
            "ours" => Kind::Ours { hocuspocus: false },
            "ours-hocuspocus" => Kind::Ours { hocuspocus: true },
            url if url.starts_with("ws://") => Kind::Url(url.to_owned()),
            other => return Err(format!("{other} is no server")),
        })
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Kind::Bare => "bare",
            Kind::Ours { hocuspocus: false } => "ours",
            Kind::Ours { hocuspocus: true } => "ours-hocuspocus",
            Kind::Url(url) => url,
        })
    }
}

/// Where programs and data are.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The program `jalostamo`.
    pub(crate) binary: PathBuf,
    /// Data folders are made in it.
    pub(crate) data: PathBuf,
}

/// A document on a server, and who comes to it.
pub(crate) struct Document {
    pub(crate) seats: Vec<(Door, Framing)>,
    /// The person in whose name the first client makes the board.
    pub(crate) author: PersonId,
}

/// A started server.
pub(crate) struct Server {
    pub(crate) kind: Kind,
    process: Option<Process>,
    data: Option<TempDir>,
    pub(crate) documents: Vec<Document>,
}

impl Server {
    /// Starts it with so many documents, and so many seats at each.
    pub(crate) async fn start(kind: &Kind, place: &Place, documents: usize, seats: usize) -> Result<Self, String> {
        match kind {
            Kind::Bare => bare::start(documents, seats).await,
            Kind::Ours { hocuspocus } => ours::start(place, *hocuspocus, documents, seats).await,
            Kind::Url(url) => {
                let address: SocketAddr = url
                    .trim_start_matches("ws://")
                    .split('/')
                    .next()
                    .and_then(|authority| authority.parse().ok())
                    .ok_or("give ws://ADDRESS:PORT")?;
                let documents = plain_documents(address, documents, seats);
                Ok(Self { kind: kind.clone(), process: None, data: None, documents })
            }
        }
    }

    /// Whether it has the document itself, for whoever comes later.
    pub(crate) fn keeps(&self) -> bool {
        self.kind != Kind::Bare
    }

    /// Bytes of memory that it takes; 0 of one that was not started here.
    pub(crate) fn resident(&self) -> Result<f64, String> {
        Ok(self.process.as_ref().map(Process::usage).transpose()?.map_or(0.0, |usage| usage.resident as f64))
    }

    /// The process, if it is one that was started here.
    pub(crate) fn process(&self) -> Option<&Process> {
        self.process.as_ref()
    }

    pub(crate) async fn stop(self) -> Result<(), String> {
        if let Some(process) = self.process {
            process.kill().await?;
        }
        drop(self.data);
        Ok(())
    }
}

/// Documents whose names are paths, where nobody asks who comes.
fn plain_documents(address: SocketAddr, documents: usize, seats: usize) -> Vec<Document> {
    let run = PersonId::new();
    let seat =
        |document: usize| (Door { address, path: format!("/{run}-{document}"), token: None }, Framing::YWebsocket);
    let document = |number| Document { seats: (0..seats).map(|_| seat(number)).collect(), author: PersonId::new() };
    (0..documents).map(document).collect()
}

/// A new folder for a server's data.
fn folder(place: &Place) -> Result<TempDir, String> {
    let made = std::fs::create_dir_all(&place.data).and_then(|()| tempfile::tempdir_in(&place.data));
    made.map_err(|error| format!("{}: {error}", place.data.display()))
}

fn text(path: &Path) -> String {
    path.display().to_string()
}
