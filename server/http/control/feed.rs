//! What one facilitator is told of the control room: everything at first, then what has changed. Knows no boards.
//!
//! Nothing is queued: whoever reads slowly is told later, and then what is different from what they were told last. So a slow
//! reader takes one message's memory, and misses nothing that still holds.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use serde_json::{Map, Value, json};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};

use super::{FeedPlace, desk::Wall};
use crate::{
    access::session::{self, Caller},
    clock,
    error::StoreError,
    http::{App, sessions::Hold},
    ids::SeriesId,
    limits,
    role::Role,
};

/// One open feed.
pub(super) struct Feed {
    app: App,
    series: SeriesId,
    caller: Caller,
    hold: Hold,
    walls: watch::Receiver<Option<Arc<Wall>>>,
    told: Option<Arc<Wall>>,
    number: u64,
    /// Before this nothing more is told.
    from: Instant,
    _place: FeedPlace,
}

impl Feed {
    pub(super) fn new(
        app: App,
        series: SeriesId,
        caller: Caller,
        walls: watch::Receiver<Option<Arc<Wall>>>,
        place: FeedPlace,
    ) -> Self {
        let hold = app.sessions.hold(caller.session);
        Self { app, series, caller, hold, walls, told: None, number: 0, from: clock::instant(), _place: place }
    }

    /// The next bytes of the stream, once there is something to tell; `None` at its end.
    pub(super) async fn next(&mut self) -> Option<Bytes> {
        let alive = clock::instant() + limits::KEEP_ALIVE;
        loop {
            tokio::select! {
                () = self.app.shutdown.cancelled() => return None,
                () = self.hold.ended() => return None,
                () = sleep_until(alive) => return Some(Bytes::from_static(b":\n\n")),
                changed = self.walls.changed() => changed.ok()?,
            }
            // Each second: whoever was put out is told no more.
            if !self.may_watch().await {
                return None;
            }
            if clock::instant() < self.from {
                continue;
            }
            let wall = self.walls.borrow_and_update().clone()?;
            let Some((name, body)) = news(self.told.as_deref(), &wall) else {
                self.told = Some(wall);
                continue;
            };
            self.number += 1;
            let text = format!("event: {name}\nid: {}\ndata: {body}\n\n", self.number);
            self.from = clock::instant() + rest_after(text.len());
            self.app.metrics.control_bytes.inc_by(text.len() as u64);
            self.told = Some(wall);
            return Some(text.into());
        }
    }

    async fn may_watch(&self) -> bool {
        let store = self.app.store.as_ref();
        match store.session(&self.caller.session, clock::now_ms()).await {
            Err(StoreError::NotFound) => return false,
            // Nobody is put out because the store could not be read.
            Err(_) => return true,
            Ok(_) => {}
        }
        let role = session::series_role(store, &self.caller, self.series).await;
        role.map_or(true, |role| role.is_some_and(Role::runs_the_board))
    }
}

/// How long nothing is told after so many bytes: less than a tick, so that the next look is told, or as long as the line is full.
fn rest_after(bytes: usize) -> Duration {
    let full = Duration::from_millis(1_000 * bytes as u64 / limits::CONTROL_BYTES_PER_SECOND as u64);
    full.max(limits::CONTROL_TICK / 2)
}

/// What to tell somebody who was told the first of the second: an event's name and JSON; nothing when nothing changed.
fn news(told: Option<&Wall>, now: &Wall) -> Option<(&'static str, String)> {
    let whole = || serde_json::to_string(now).ok().map(|json| ("whole", json));
    let Some(told) = told else { return whole() };
    let names = |wall: &Wall| wall.teams.iter().map(|team| team.team).collect::<Vec<_>>();
    if names(told) != names(now) {
        return whole();
    }
    let teams: Vec<Value> =
        told.objects.iter().zip(&now.objects).filter_map(|(before, after)| changed(before, after)).collect();
    if teams.is_empty() && told.calls == now.calls {
        return None;
    }
    let mut message = json!({"now": now.now, "teams": teams});
    if told.calls != now.calls
        && let Some(message) = message.as_object_mut()
    {
        message.insert("calls".to_owned(), json!(now.calls));
    }
    Some(("changes", message.to_string()))
}

/// The fields of a team that are others now, with its id; nothing when all are the same.
fn changed(before: &Map<String, Value>, after: &Map<String, Value>) -> Option<Value> {
    let is_new = |(field, value): &(&String, &Value)| before.get(*field) != Some(*value);
    let mut fields: Map<String, Value> =
        after.iter().filter(is_new).map(|(field, value)| (field.clone(), value.clone())).collect();
    if fields.is_empty() {
        return None;
    }
    fields.insert("team".to_owned(), after.get("team").cloned().unwrap_or_default());
    Some(Value::Object(fields))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_a_second_and_large_ones_as_the_line_allows() {
        let most = limits::CONTROL_BYTES_PER_SECOND;
        assert!(rest_after(0) < limits::CONTROL_TICK, "the next look is told");
        assert_eq!(rest_after(most), Duration::from_secs(1));
        assert_eq!(rest_after(40 * most), Duration::from_secs(40));
    }

    #[test]
    fn only_fields_that_are_others_are_told_and_whose_they_are() {
        let object = |value: Value| value.as_object().unwrap().clone();
        let before = object(json!({"team": "tm_1", "edits": 3, "people": [{"here": true}], "timer": null}));
        assert_eq!(changed(&before, &before), None);
        let after = object(json!({"team": "tm_1", "edits": 4, "people": [{"here": true}], "timer": {"deadline": 5}}));
        let told = json!({"team": "tm_1", "edits": 4, "timer": {"deadline": 5}});
        assert_eq!(changed(&before, &after), Some(told));
        let back = json!({"team": "tm_1", "edits": 3, "timer": null});
        assert_eq!(changed(&after, &before), Some(back), "null is told too");
    }
}
