//! The servers that can be driven: started, with documents and people on them. Knows no scenarios.

pub(crate) mod bare;
mod ours;
pub(crate) mod peers;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use jalostamo::ids::PersonId;
use tempfile::TempDir;

use crate::{framing::Framing, http, line::Door, process::Process};

/// Which server, and how. Those that can keep documents on disk or not say whether they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Forwards, no more: the limit.
    Bare,
    Ours {
        hocuspocus: bool,
    },
    YWebsocket {
        disk: bool,
    },
    Hocuspocus {
        disk: bool,
    },
    YSweet {
        disk: bool,
    },
    /// Runs already, at this address; y-websocket.
    Url(String),
}

/// The names by which they are asked for.
const NAMES: [(&str, Kind); 9] = [
    ("bare", Kind::Bare),
    ("ours", Kind::Ours { hocuspocus: false }),
    ("ours-hocuspocus", Kind::Ours { hocuspocus: true }),
    ("y-websocket", Kind::YWebsocket { disk: false }),
    ("y-websocket-leveldb", Kind::YWebsocket { disk: true }),
    ("hocuspocus", Kind::Hocuspocus { disk: false }),
    ("hocuspocus-sqlite", Kind::Hocuspocus { disk: true }),
    ("y-sweet", Kind::YSweet { disk: false }),
    ("y-sweet-files", Kind::YSweet { disk: true }),
];

impl Kind {
    pub(crate) fn is_ours(&self) -> bool {
        matches!(self, Kind::Ours { .. })
    }

    /// The same server with its documents on disk, if there is such a one.
    pub(crate) fn durable(&self) -> Option<Self> {
        match self {
            Kind::Bare | Kind::Url(_) => None,
            Kind::Ours { hocuspocus } => Some(Kind::Ours { hocuspocus: *hocuspocus }),
            Kind::YWebsocket { .. } => Some(Kind::YWebsocket { disk: true }),
            Kind::Hocuspocus { .. } => Some(Kind::Hocuspocus { disk: true }),
            Kind::YSweet { .. } => Some(Kind::YSweet { disk: true }),
        }
    }

    /// The data folder, for those that use one.
    fn folder<'a>(&self, data: &'a Path) -> Option<&'a Path> {
        let keeps = matches!(
            self,
            Kind::YWebsocket { disk: true } | Kind::Hocuspocus { disk: true } | Kind::YSweet { disk: true }
        );
        keeps.then_some(data)
    }
}

impl std::str::FromStr for Kind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text.starts_with("ws://") {
            return Ok(Kind::Url(text.to_owned()));
        }
        let named = NAMES.into_iter().find(|(name, _)| *name == text);
        named
            .map(|(_, kind)| kind)
            .ok_or_else(|| format!("one of {}, or ws://ADDRESS:PORT", NAMES.map(|(name, _)| name).join(", ")))
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = NAMES.iter().find(|(_, kind)| kind == self).map(|(name, _)| *name);
        f.write_str(match self {
            Kind::Url(url) => url,
            _ => name.unwrap_or("?"),
        })
    }
}

/// The file's name, in the data folder.
const GREETING: &str = "greeting.frame";

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
    kind: Kind,
    address: SocketAddr,
    /// None of one that was not started here.
    process: Option<Process>,
    data: TempDir,
    pub(crate) documents: Vec<Document>,
}

impl Server {
    /// Starts it with so many documents, and so many seats at each.
    pub(crate) async fn start(kind: &Kind, place: &Place, documents: usize, seats: usize) -> Result<Self, String> {
        let data = folder(place)?;
        let address = match kind {
            Kind::Url(url) => url
                .trim_start_matches("ws://")
                .split('/')
                .next()
                .and_then(|authority| authority.parse().ok())
                .ok_or("give ws://ADDRESS:PORT")?,
            _ => http::free_address()?,
        };
        let peopled = match kind {
            Kind::Ours { .. } => ours::fill(data.path(), documents, seats).await?,
            _ => Vec::new(),
        };
        let process = launch(kind, place, data.path(), address).await?;
        let documents = match kind {
            Kind::Ours { hocuspocus } => ours::documents(address, *hocuspocus, peopled),
            _ => peers::documents(kind, address, documents, seats).await?,
        };
        Ok(Self { kind: kind.clone(), address, process, data, documents })
    }

    /// A file of which a bare server sends the frame to whoever comes, once it is there.
    pub(crate) fn greeting(&self) -> PathBuf {
        self.data.path().join(GREETING)
    }

    /// Whether it has the document itself, for whoever comes later.
    pub(crate) fn keeps(&self) -> bool {
        self.kind != Kind::Bare
    }

    /// Bytes of memory that it takes; 0 of one that was not started here.
    pub(crate) fn resident(&self) -> Result<f64, String> {
        Ok(self.process.as_ref().map(Process::usage).transpose()?.map_or(0.0, |usage| usage.resident as f64))
    }

    /// The most that it ever took.
    pub(crate) fn peak(&self) -> Result<f64, String> {
        Ok(self.process.as_ref().map(Process::usage).transpose()?.map_or(0.0, |usage| usage.peak as f64))
    }

    /// The process, if it is one that was started here.
    pub(crate) fn process(&self) -> Option<&Process> {
        self.process.as_ref()
    }

    /// kill -9.
    pub(crate) async fn kill(&mut self) -> Result<(), String> {
        if let Some(process) = self.process.take() {
            process.kill().await?;
        }
        Ok(())
    }

    /// Starts it again on the same data at the same address.
    pub(crate) async fn revive(&mut self, place: &Place) -> Result<(), String> {
        self.process = launch(&self.kind, place, self.data.path(), self.address).await?;
        Ok(())
    }
}

async fn launch(kind: &Kind, place: &Place, data: &Path, address: SocketAddr) -> Result<Option<Process>, String> {
    let disk = kind.folder(data);
    let mut process = match kind {
        Kind::Bare => bare::start(address, &data.join(GREETING)).await?,
        Kind::Ours { .. } => ours::start(place, data, address).await?,
        Kind::YWebsocket { .. } => peers::y_websocket(disk, address).await?,
        Kind::Hocuspocus { .. } => peers::hocuspocus(disk, address).await?,
        Kind::YSweet { .. } => peers::sweet(disk, address).await?,
        Kind::Url(_) => return Ok(None),
    };
    process.ignore();
    Ok(Some(process))
}

/// A new folder for a server's data.
fn folder(place: &Place) -> Result<TempDir, String> {
    let made = std::fs::create_dir_all(&place.data).and_then(|()| tempfile::tempdir_in(&place.data));
    made.map_err(|error| format!("{}: {error}", place.data.display()))
}

fn text(path: &Path) -> String {
    path.display().to_string()
}
