//! Servers that others have made, as their documentation starts them. Knows no scenarios.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use jalostamo::ids::PersonId;

use super::{Document, Framing, Kind, text};
use crate::{http, line::Door, process::Process};

/// What is in `tests/load/peers`, and what `cargo install` puts beside the other build products.
fn npm(path: &str) -> String {
    text(&folder().join(path))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/load/peers")
}

/// Installs them: those of npm here, y-sweet as its own documentation says.
pub(crate) fn install() -> Result<(), String> {
    let run = |program: &str, arguments: &[&str]| {
        let status = std::process::Command::new(program).args(arguments).current_dir(folder()).status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{program}: {status}")),
            Err(error) => Err(format!("{program}: {error}")),
        }
    };
    run("npm", &["ci"])?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers");
    run("cargo", &["install", "y-sweet", "--version", "0.9.1", "--locked", "--root", &text(&root)])
}

fn y_sweet() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/bin/y-sweet")
}

/// Starts `@y/websocket-server` by its own program.
pub(super) async fn y_websocket(data: Option<&Path>, address: SocketAddr) -> Result<Process, String> {
    let mut variables = vec![("HOST", address.ip().to_string()), ("PORT", address.port().to_string())];
    variables.extend(data.map(|data| ("YPERSISTENCE", text(data))));
    let program = npm("node_modules/@y/websocket-server/src/server.js");
    let mut process = Process::start(Path::new("node"), &[program], &variables)?;
    process.says("running").await?;
    Ok(process)
}

/// Starts `@hocuspocus/server`.
pub(super) async fn hocuspocus(data: Option<&Path>, address: SocketAddr) -> Result<Process, String> {
    let mut arguments = vec![npm("hocuspocus.mjs"), address.port().to_string()];
    arguments.extend(data.map(|data| text(&data.join("documents.sqlite"))));
    let mut process = Process::start(Path::new("node"), &arguments, &[])?;
    process.says("running").await?;
    Ok(process)
}

/// Starts y-sweet.
pub(super) async fn sweet(data: Option<&Path>, address: SocketAddr) -> Result<Process, String> {
    let mut arguments = vec!["serve".to_owned()];
    arguments.extend(data.map(text));
    arguments.extend(["--host", "127.0.0.1", "--port"].map(str::to_owned));
    arguments.push(address.port().to_string());
    let process = Process::start(&y_sweet(), &arguments, &[])?;
    http::listens(address).await?;
    Ok(process)
}

/// Documents of servers that make them when somebody asks for one.
pub(super) async fn documents(
    kind: &Kind,
    address: SocketAddr,
    documents: usize,
    seats: usize,
) -> Result<Vec<Document>, String> {
    let mut made = Vec::new();
    for number in 0..documents {
        let name = format!("{}-{number}", PersonId::new());
        let seat = match kind {
            Kind::Hocuspocus { .. } => {
                (plain(address, "/"), Framing::Hocuspocus { document: name, token: "anybody".to_owned() })
            }
            Kind::YSweet { .. } => (plain(address, &sweet_path(address, &name).await?), Framing::YWebsocket),
            _ => (plain(address, &format!("/{name}")), Framing::YWebsocket),
        };
        made.push(Document { seats: vec![seat; seats], author: PersonId::new() });
    }
    Ok(made)
}

fn plain(address: SocketAddr, path: &str) -> Door {
    Door { address, path: path.to_owned(), token: None, window: None }
}

/// y-sweet wants to be asked for a document before its socket is opened.
async fn sweet_path(address: SocketAddr, name: &str) -> Result<String, String> {
    http::post(address, "/doc/new", &format!(r#"{{"docId":"{name}"}}"#)).await?;
    let answer = http::post(address, &format!("/doc/{name}/auth"), "{}").await?;
    let said: serde_json::Value = serde_json::from_str(&answer).map_err(|error| format!("{error}: {answer}"))?;
    let url = said["url"].as_str().ok_or_else(|| format!("no url in {answer}"))?;
    let path = url.splitn(4, '/').nth(3).ok_or_else(|| format!("no path in {url}"))?;
    let token = said["token"].as_str().map(|token| format!("?token={token}")).unwrap_or_default();
    Ok(format!("/{path}/{name}{token}"))
}
