//! The program itself: its start, its sentences, its commands beside a running server, its stop.

use std::{
    io::{Read, Write},
    path::Path,
    process::{Output, Stdio},
};

use hyper::Method;
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, Command},
};

use crate::support::{
    TestServer,
    http::{Asking, get},
    secret_of,
};

fn program(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalostamo"));
    command.env_clear().arg("--data").arg(data).stdin(Stdio::null()).kill_on_drop(true);
    command
}

async fn run(mut command: Command) -> Output {
    command.output().await.unwrap()
}

fn sentence(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(said.starts_with("jalostamo: ") && said.trim_end().ends_with('.'), "{said}");
    said
}

/// Starts a server on a free port; its address and its owner link.
async fn started(command: &mut Command) -> (Child, String, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (mut origin, mut link) = (String::new(), String::new());
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some(address) = line.strip_prefix("Jalostamo serves ") {
            origin = address.to_owned();
        }
        if let Some(found) = line.strip_prefix("Owner link: ") {
            link = found.to_owned();
            break;
        }
    }
    (child, origin, link)
}

/// Huge pages would make a small server twice as large; the allocator's default asks for them.
#[tokio::test]
async fn it_takes_no_huge_pages() {
    let data = tempfile::tempdir().unwrap();
    let (child, ..) = started(program(data.path()).args(["--listen", "127.0.0.1:0"])).await;
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id().unwrap())).unwrap();
    let huge = status.lines().find_map(|line| line.strip_prefix("THP_enabled:")).map(str::trim);
    assert!(huge.is_none_or(|huge| huge == "0"), "{status}");
}

async fn terminate(child: Child) -> (Option<i32>, String) {
    let id = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
    let mut child = child;
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
    (child.wait().await.unwrap().code(), log)
}

#[tokio::test]
async fn it_serves_stops_in_order_and_logs_no_secret() {
    let data = tempfile::tempdir().unwrap();
    let (child, origin, link) =
        started(program(data.path()).args(["--listen", "localhost:0", "--log", "trace", "--log-format", "json"])).await;
    let secret = secret_of(&link);
    let body = json!({"secret": secret, "name": "Kanarialintu"});
    let joined =
        Asking::new(Method::POST, &format!("{origin}/api/join")).header("origin", &origin).json(&body).send().await;
    assert_eq!(joined.status, 200);
    let cookie = joined.header("set-cookie").split(';').next().unwrap().to_owned();
    let board = json!({"title": "Salainen otsikko", "content": "empty"});
    let made =
        Asking::new(Method::POST, &format!("{origin}/api/boards")).header("cookie", &cookie).header("origin", &origin);
    assert_eq!(made.json(&board).send().await.status, 200);
    let wrong = Asking::new(Method::GET, &format!("{origin}/board/salapolku?q=salakysely")).send().await;
    assert_eq!(wrong.status, 200);

    let (code, log) = terminate(child).await;
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("/api/join") && log.contains("stopping"), "the log is written: {log}");
    let session = cookie.split_once('=').unwrap().1;
    for hidden in [secret.as_str(), session, "Kanarialintu", "Salainen", "salapolku", "salakysely"] {
        assert!(!log.contains(hidden), "{hidden} is in the log");
    }
    for file in std::fs::read_dir(data.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for hidden in [secret.as_bytes(), session.as_bytes()] {
            assert!(!bytes.windows(hidden.len()).any(|window| window == hidden), "a secret is on the disk");
        }
    }
}

#[tokio::test]
async fn localhost_is_served_on_both_loopback_addresses() {
    let server = TestServer::with(|config| config.listen = jalostamo::config::Listen::Localhost(0)).await;
    let port = server.running().address.port();
    let v4 = get(&format!("http://127.0.0.1:{port}/healthz")).await;
    assert_eq!(v4.status, 200);
    // A machine without IPv6 has one address only.
    if std::net::TcpListener::bind("[::1]:0").is_ok() {
        assert_eq!(get(&format!("http://[::1]:{port}/healthz")).await.status, 200);
    }
}

#[tokio::test]
async fn a_busy_port_is_said_in_a_sentence() {
    let data = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut command = program(data.path());
    command.args(["--listen", &address]);
    let said = sentence(&run(command).await);
    assert!(said.contains(&address) && said.contains("--listen"), "{said}");
}

#[tokio::test]
async fn a_second_server_on_the_folder_is_said_in_a_sentence() {
    let server = TestServer::start().await;
    let data = server.running().app().config.data.clone();
    let mut command = program(&data);
    command.args(["--listen", "127.0.0.1:0"]);
    let said = sentence(&run(command).await);
    assert!(said.contains(data.to_str().unwrap()) && said.contains("Another"), "{said}");
    assert_eq!(server.stranger().get("/readyz").await.status, 200, "the first goes on");
    assert_eq!(server.stranger().try_join(&server.owner_secret(), "A").await.status, 200, "its link too");
}

#[tokio::test]
async fn a_folder_that_cannot_be_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let mut command = program(&file.join("data"));
    command.args(["--listen", "127.0.0.1:0"]);
    let said = sentence(&run(command).await);
    assert!(said.contains("cannot be written"), "{said}");
}

#[tokio::test]
async fn flags_come_from_the_environment_too() {
    let data = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalostamo"));
    command.env_clear().env("JALOSTAMO_DATA", data.path()).env("JALOSTAMO_LISTEN", "127.0.0.1:0").kill_on_drop(true);
    command.env("JALOSTAMO_PUBLIC_URL", "https://board.example.fi").env("JALOSTAMO_LOG", "error");
    let (child, origin, link) = started(&mut command).await;
    assert_eq!(origin, "https://board.example.fi");
    assert!(link.starts_with("https://board.example.fi/#join="));
    assert_eq!(terminate(child).await, (Some(0), String::new()));

    let help = run({
        let mut command = program(data.path());
        command.arg("--help");
        command
    })
    .await;
    let help = String::from_utf8(help.stdout).unwrap();
    let described = include_str!("../../docs/configuration.md");
    for name in help.split(['[', ' ', '=']).filter(|word| word.starts_with("JALOSTAMO_")) {
        assert!(described.contains(&format!("`{name}`")), "docs/configuration.md lacks {name}");
    }
    assert!(help.contains("JALOSTAMO_LISTEN") && help.contains("owner-token") && help.contains("backup"), "{help}");
}

/// Whoever reads the greeting may end the program in the same breath. Here nobody reads: its output is a full pipe,
/// so that the program is still greeting when the signal comes.
#[tokio::test]
async fn a_stop_during_the_greeting_is_in_order() {
    const PIPE_BYTES: usize = 64 * 1024; // what a pipe of Linux holds
    let data = tempfile::tempdir().unwrap();
    let (mut output, mut input) = std::io::pipe().unwrap();
    input.write_all(&[b'.'; PIPE_BYTES]).unwrap();
    let mut command = program(data.path());
    let mut child = command.args(["--listen", "127.0.0.1:0"]).stdout(input).stderr(Stdio::piped()).spawn().unwrap();
    drop(command); // it holds the pipe's other end
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    while !log.next_line().await.unwrap().unwrap().contains("listening") {}

    let id = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
    let said = tokio::task::spawn_blocking(move || {
        let mut said = String::new();
        output.read_to_string(&mut said).map(|_| said)
    });
    assert_eq!(child.wait().await.unwrap().code(), Some(0));
    assert!(said.await.unwrap().unwrap().contains("Owner link: "));
    let mut rest = String::new();
    while let Some(line) = log.next_line().await.unwrap() {
        rest.push_str(&line);
    }
    assert!(rest.contains("stopping"), "{rest}");
}

#[tokio::test]
async fn a_program_does_everything_with_an_owner_token() {
    let server = TestServer::start().await;
    let data = server.running().app().config.data.clone();
    let mut command = program(&data);
    command.arg("owner-token");
    let output = run(command).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let program = server.stranger().program(String::from_utf8(output.stdout).unwrap().trim());

    assert_eq!(program.get("/api/me").await.json()["serverOwner"], true);
    let board = server.board(&program).await;
    let person = server.member(&program, &board, "participant", "Aino").await;
    assert_eq!(person.get(&format!("/api/boards/{board}")).await.status, 200);
    let paused = program.post(&format!("/api/boards/{board}/commands"), json!({"type": "pause"})).await;
    assert_eq!(paused.status, 200, "{}", paused.text);
    let mut page = program.clone();
    page.origin = Some("https://evil.example".into());
    assert_eq!(page.post("/api/leave", json!({})).await.code(), "origin");
    assert_eq!(program.post("/api/leave", json!({})).await.status, 204);
    assert_eq!(program.get("/api/me").await.code(), "unauthorized");
}

#[tokio::test]
async fn a_backup_is_made_beside_the_running_server() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let to = tempfile::tempdir().unwrap();
    let file = to.path().join("jalostamo.db");
    let backup = || {
        let mut command = program(&server.running().app().config.data);
        command.arg("backup").arg(&file);
        command
    };
    let output = run(backup()).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = sentence(&run(backup()).await);
    assert!(said.contains("there already"), "{said}");

    let restored = TestServer::on(to, |_| {}).await;
    let mut back = restored.stranger();
    back.cookie = owner.cookie.clone();
    assert_eq!(back.get(&format!("/api/boards/{board}")).await.status, 200);
}

#[tokio::test]
async fn metrics_have_a_listener_of_their_own() {
    let server = TestServer::start().await;
    assert_eq!(server.running().metrics_address, None);
    assert_eq!(server.owner().await.get("/metrics").await.status, 404);

    let server = TestServer::with(|config| config.metrics_listen = Some("127.0.0.1:0".parse().unwrap())).await;
    let address = server.running().metrics_address.unwrap();
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let text = get(&format!("http://{address}/metrics")).await.text;
    assert!(text.contains("# TYPE") && text.ends_with("# EOF\n"), "{text}");
    assert!(!text.contains(&board) && !text.contains(&owner.person), "no ids in labels");
    assert_eq!(get(&format!("http://{address}/api/me")).await.status, 404);
    assert_eq!(owner.get("/metrics").await.status, 404, "not on the public listener");
}
