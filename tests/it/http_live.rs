//! What HTTP changes reaches open sockets at once: a revoked link closes them, a new name is seen.

use std::time::Duration;

use futures_util::{SinkExt, Stream, StreamExt};
use serde_json::json;
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

use crate::support::{Client, TestServer};

type Socket = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

/// A socket in y-websocket framing, once the server has sent its first message.
async fn open(server: &TestServer, client: &Client, board: &str) -> Socket {
    let mut request = server.socket(&format!("/sync/board.{board}")).into_client_request().unwrap();
    request.headers_mut().insert("cookie", client.cookie.clone().unwrap().parse().unwrap());
    request.headers_mut().insert("origin", server.origin().parse().unwrap());
    let (mut socket, _) = connect_async(request).await.unwrap();
    socket.next().await.unwrap().unwrap();
    socket
}

/// The close code with which the server ends the socket.
async fn closed(socket: &mut (impl Stream<Item = Result<Message, Error>> + Unpin)) -> Option<u16> {
    let last = async {
        while let Some(Ok(message)) = socket.next().await {
            if let Message::Close(frame) = message {
                return frame.map(|frame| frame.code.into());
            }
        }
        None
    };
    tokio::time::timeout(Duration::from_secs(20), last).await.unwrap()
}

#[tokio::test]
async fn a_revoked_link_closes_the_sockets_of_who_came_by_it() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let guest = server.member(&owner, &board, "participant", "Vieras").await;
    let link = owner.get(&format!("/api/boards/{board}/invites")).await.json()[0]["id"].as_str().unwrap().to_owned();
    let stays = server.member(&owner, &board, "participant", "Jäävä").await;
    let (mut out, mut in_) = (open(&server, &guest, &board).await, open(&server, &stays, &board).await);

    assert_eq!(owner.delete(&format!("/api/boards/{board}/invites/{link}")).await.status, 204);
    assert_eq!(closed(&mut out).await, Some(4403));
    let session = stays.get(&format!("/api/boards/{board}/session")).await.json();
    let people = session["state"]["people"].as_array().unwrap();
    assert!(people.iter().any(|one| one["person"] == json!(stays.person) && one["here"] == true), "{session}");
    assert!(!people.iter().any(|one| one["person"] == json!(guest.person)), "{session}");

    in_.send(Message::Close(None)).await.unwrap();
    server.stop().await;
}

#[tokio::test]
async fn a_new_name_is_on_open_boards_when_the_answer_comes() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let person = server.member(&owner, &board, "participant", "Ennen").await;
    let _open = open(&server, &person, &board).await;
    assert_eq!(person.patch("/api/me", json!({"name": "Jälkeen"})).await.status, 200);
    let session = owner.get(&format!("/api/boards/{board}/session")).await.json();
    let people = session["state"]["people"].as_array().unwrap();
    let named = people.iter().find(|one| one["person"] == json!(person.person)).unwrap();
    assert_eq!(named["name"], "Jälkeen");
}

#[tokio::test]
async fn a_stop_closes_sockets_with_restart() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let mut socket = open(&server, &owner, &board).await;
    let (_, code) = tokio::join!(server.stop(), closed(&mut socket));
    assert_eq!(code, Some(1012));
}
