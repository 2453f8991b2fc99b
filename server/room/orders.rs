//! Commands on their way into a room: decided, and handed to the journal as events. Knows no sockets and no HTTP.

use super::{
    actor::Actor,
    batch::{InFlight, Work},
};
use crate::{
    clock,
    error::StoreError,
    facilitation,
    store::journal::{Append, Body, Commit},
};

impl Actor {
    pub(super) fn start_command(&mut self) {
        let Some(Work::Command { person, role, command, reply }) = self.queue.pop_front() else { return };
        // An answer that nobody waits for any more is no error.
        match facilitation::decide(&self.session.state(), &command, person, role, clock::now_ms()) {
            Err(no) => _ = reply.send(Err(no.into())),
            Ok(events) if events.is_empty() => _ = reply.send(Ok(self.session.seq())),
            Ok(events) => {
                let bodies = events.iter().map(|event| serde_json::to_string(event).map(Body::Event));
                let appends: Result<Vec<Append>, _> =
                    bodies.zip(self.seq..).map(|(body, after)| body.map(|body| self.append(after, body))).collect();
                match appends {
                    Ok(appends) => {
                        self.commit(Commit { appends, records: Vec::new() });
                        self.in_flight = Some(InFlight::Events { seq: self.seq + 1, events, reply });
                    }
                    Err(error) => _ = reply.send(Err(StoreError::Other(error.to_string()).into())),
                }
            }
        }
    }
}
