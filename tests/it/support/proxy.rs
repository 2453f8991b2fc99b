//! A line between a client and a server that can go dead: nothing is forwarded any more, and nobody is told. Knows no promise.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    task::JoinHandle,
};

/// The line; dropping it ends what goes over it.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    dead: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// To a server.
    pub(crate) async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let dead = watch::Sender::new(false);
        let of_lines = dead.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let far = TcpStream::connect(server).await.unwrap();
                let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
                tokio::spawn(forward(near_in, far_out, of_lines.subscribe()));
                tokio::spawn(forward(far_in, near_out, of_lines.subscribe()));
            }
        });
        Self { address, dead, accepting }
    }

    /// From now on nothing arrives, in either direction; the connections stay.
    pub(crate) fn die(&self) {
        self.dead.send_replace(true);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn forward(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut dead: watch::Receiver<bool>) {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let read = tokio::select! {
            biased;
            _ = dead.wait_for(|dead| *dead) => None,
            read = from.read(&mut buffer) => Some(read),
        };
        match read {
            // Both halves stay until the proxy goes.
            None => return drop(dead.wait_for(|dead| !*dead).await),
            Some(Ok(count)) if count > 0 && to.write_all(&buffer[..count]).await.is_ok() => {}
            Some(_) => return,
        }
    }
}
