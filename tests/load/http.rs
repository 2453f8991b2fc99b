//! Just enough HTTP to ask a server for something before its socket is opened. Knows no servers.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, sleep, timeout},
};

const PATIENCE: Duration = Duration::from_secs(30);

/// Waits until somebody listens.
pub(crate) async fn listens(address: SocketAddr) -> Result<(), String> {
    let began = Instant::now();
    while TcpStream::connect(address).await.is_err() {
        if began.elapsed() > PATIENCE {
            return Err(format!("nobody listens on {address}"));
        }
        sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}

/// A port of the loopback that nobody uses.
pub(crate) fn free_address() -> Result<SocketAddr, String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map_err(|error| error.to_string())
}

/// Asks in somebody's name, or nobody's with an empty token; gives the answer's head and body.
pub(crate) async fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    token: &str,
    body: &str,
) -> Result<(String, Vec<u8>), String> {
    let exchange = async {
        let mut stream = TcpStream::connect(address).await?;
        let bearer = if token.is_empty() { String::new() } else { format!("Authorization: Bearer {token}\r\n") };
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: {address}\r\n{bearer}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        Ok(answer)
    };
    let answer = timeout(PATIENCE, exchange).await.map_err(|_| format!("{path}: no answer"))?;
    let answer = answer.map_err(|error: std::io::Error| format!("{path}: {error}"))?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(|| format!("{path}: no head"))?;
    let (head, body) = (String::from_utf8_lossy(&answer[..end]).into_owned(), answer[end + 4..].to_vec());
    let status = head.lines().next().unwrap_or_default();
    if status.contains(" 200") {
        Ok((head, body))
    } else {
        Err(format!("{path}: {status}: {}", String::from_utf8_lossy(&body)))
    }
}

/// Posts JSON, and gives the answer's body.
pub(crate) async fn post(address: SocketAddr, path: &str, body: &str) -> Result<String, String> {
    let exchange = async {
        let mut stream = TcpStream::connect(address).await?;
        let request = format!(
            "POST {path} HTTP/1.0\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    };
    let answer = timeout(PATIENCE, exchange).await.map_err(|_| format!("{path}: no answer"))?;
    let answer = answer.map_err(|error: std::io::Error| format!("{path}: {error}"))?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(|| format!("{path}: {answer}"))?;
    let status = head.lines().next().unwrap_or_default();
    if status.contains(" 200") { Ok(body.to_owned()) } else { Err(format!("{path}: {status}: {body}")) }
}
