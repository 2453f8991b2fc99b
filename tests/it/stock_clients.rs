//! Unmodified stock providers, each in a Node process, converge over this server. Knows not what they do: see
//! `tests/stock`.

use std::{path::Path, process::Stdio};

use jalostamo::{limits::Pace, role::Role};
use tempfile::tempdir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    process::Command,
};

use crate::support::board::Server;

#[tokio::test(flavor = "multi_thread")]
async fn stock_clients_work() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stock");
    assert!(
        folder.join("node_modules").is_dir(),
        "The stock clients are not installed: run `npm ci --prefix tests/stock` first."
    );
    for file in ["hocuspocus.test.mjs", "y-websocket.test.mjs"] {
        run(&folder, file, &[], Pace::default()).await;
    }
}

/// Time runs 30 times as fast in the clients (`fast-clock.mjs`) and in what the server does by the clock.
#[tokio::test(flavor = "multi_thread")]
async fn stock_clients_stay_through_20_idle_minutes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stock");
    let real = Pace::default();
    let pace = Pace { keep_alive: real.keep_alive / 30, silent: real.silent / 30, ..real };
    run(&folder, "idle.test.mjs", &["--import", "./fast-clock.mjs"], pace).await;
}

/// Runs one test file against a server of its own, which it can have restarted by connecting to `CONTROL`.
async fn run(folder: &Path, file: &str, flags: &[&str], pace: Pace) {
    let data = tempdir().unwrap();
    let mut server = Server::paced(data.path(), pace).await;
    let control = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (aino, otto) = (server.person("Aino", Role::Participant).await, server.person("Otto", Role::Participant).await);
    let eye = server.person("Eye", Role::Observer).await;
    let mut node = Command::new("node")
        .args(flags)
        .args(["--test", "--test-timeout=3600000", file])
        .current_dir(folder)
        .env("SERVER", format!("ws://{}", server.address))
        .env("BOARD", server.board.to_string())
        .env("CONTROL", control.local_addr().unwrap().port().to_string())
        .env("AINO", format!("{} {}", aino.0, aino.1))
        .env("OTTO", format!("{} {}", otto.0, otto.1))
        .env("EYE", format!("{} {}", eye.0, eye.1))
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut output = node.stdout.take().unwrap();
    let said = tokio::spawn(async move {
        let mut text = String::new();
        output.read_to_string(&mut text).await.unwrap();
        text
    });
    let status = loop {
        tokio::select! {
            status = node.wait() => break status.unwrap(),
            asked = control.accept() => {
                server = server.restart_in_place().await;
                asked.unwrap().0.write_all(b"done").await.unwrap();
            }
        }
    };
    let said = said.await.unwrap();
    assert!(status.success(), "{file}:\n{said}");
}
