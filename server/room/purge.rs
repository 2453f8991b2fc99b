//! Purging what was deleted: the board goes on in a new epoch, in another room. Knows no sockets and no SQL.

use tokio::sync::oneshot;

use super::{
    actor::{Actor, End},
    load,
};
use crate::{
    board::purge::{self, Purged},
    error::StoreError,
    wire::CloseCode,
};

/// How many objects went, or why everything is as it was.
pub(super) type PurgeReply = oneshot::Sender<Result<usize, StoreError>>;

impl Actor {
    /// Makes durable what was taken in, rewrites the board, and ends the room when that is durable: peers are told that
    /// their copy is of an old epoch. When it fails, the room goes on as if nobody had asked.
    pub(super) async fn purge(&mut self, reply: PurgeReply) -> Result<(), End> {
        self.finish().await?;
        let rewritten = self.rewrite().await?;
        let done = rewritten.is_ok();
        // An answer that nobody waits for any more is no error.
        let _ = reply.send(rewritten);
        if done { Err(End::Failed(CloseCode::Retired)) } else { Ok(()) }
    }

    async fn rewrite(&mut self) -> Result<Result<usize, StoreError>, End> {
        let document = self.encode().await?;
        let client = match getrandom::u32() {
            Ok(random) => u64::from(random),
            Err(error) => return Ok(Err(StoreError::Other(error.to_string()))),
        };
        let purged = tokio::task::spawn_blocking(move || purge::without_deleted(&document, client)).await;
        let Purged { document, objects } = match purged {
            Ok(Ok(purged)) => purged,
            Ok(Err(error)) => return Ok(Err(StoreError::Other(error.to_string()))),
            Err(error) => return Ok(Err(StoreError::Other(error.to_string()))),
        };
        let mut authors = match self.store.load(&self.stream).await {
            Ok(loaded) => loaded.authors,
            Err(error) => return Ok(Err(error)),
        };
        authors.retain(|object, _| !objects.contains(object));
        let checkpoint = load::checkpoint(self.seq, document, &self.facilitation());
        let begun = self.store.begin_epoch(&self.stream, self.epoch, self.seq, checkpoint, authors).await;
        Ok(begun.map(|()| objects.len()))
    }
}
