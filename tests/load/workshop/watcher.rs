//! A facilitator's browser with the control room open: reads its feed, and fetches each new picture. Knows no figures.

use std::{cell::RefCell, rc::Rc};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::spawn_local,
};

use super::held::Held;
use crate::http;

/// What came, in bytes.
#[derive(Default)]
pub(crate) struct Taken {
    pub(crate) feed: usize,
    pub(crate) messages: usize,
    pub(crate) pictures: usize,
    pub(crate) picture_bytes: usize,
    pub(crate) ended: bool,
}

/// Watches until the program ends.
pub(crate) async fn watch(held: &Held) -> Result<Rc<RefCell<Taken>>, String> {
    let (address, token, series) = (held.address, held.token.clone(), format!("/api/series/{}", held.series));
    let mut stream = TcpStream::connect(address).await.map_err(|error| error.to_string())?;
    let request =
        format!("GET {series}/control/feed HTTP/1.0\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.map_err(|error| error.to_string())?;
    let taken = Rc::new(RefCell::new(Taken::default()));
    let own = Rc::clone(&taken);
    spawn_local(async move {
        let (mut rest, mut part) = (Vec::new(), vec![0; 64 * 1024]);
        while let Ok(count @ 1..) = stream.read(&mut part).await {
            own.borrow_mut().feed += count;
            rest.extend_from_slice(&part[..count]);
            while let Some(end) = rest.windows(2).position(|two| two == b"\n\n") {
                let message: Vec<u8> = rest.drain(..end + 2).collect();
                for team in pictures(&message) {
                    let path = format!("{series}/teams/{team}/thumbnail");
                    if let Ok((_, picture)) = http::ask(address, "GET", &path, &token, "").await {
                        let mut own = own.borrow_mut();
                        own.pictures += 1;
                        own.picture_bytes += picture.len();
                    }
                }
                own.borrow_mut().messages += 1;
            }
        }
        own.borrow_mut().ended = true;
    });
    Ok(taken)
}

/// The teams of which a message names a new picture.
fn pictures(message: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(message);
    let Some(data) = text.lines().find_map(|line| line.strip_prefix("data: ")) else { return vec![] };
    let wall: Value = serde_json::from_str(data).unwrap_or_default();
    let teams = wall["teams"].as_array().cloned().unwrap_or_default();
    let new = teams.iter().filter(|team| team["thumbnail"].is_string());
    new.filter_map(|team| team["team"].as_str().map(str::to_owned)).collect()
}
