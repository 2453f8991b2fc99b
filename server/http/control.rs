//! The control room: all teams of a series on one page, for those who run it. Knows no documents.

mod desk;
mod feed;
mod pictures;
mod team;

use std::sync::Arc;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use dashmap::{DashMap, Entry};
use futures_util::stream;
use tokio::sync::watch;

use crate::{
    http::{
        App, answers,
        guard::{InSeries, TeamName},
        problem::{Code, Problem},
    },
    ids::{PersonId, SeriesId},
    limits,
    metrics::Metrics,
};

use desk::Desk;
pub use desk::{CallsNow, Wall};
use feed::Feed;
pub use pictures::Pictures;

/// What a thumbnail may do should a browser open it: nothing.
const SANDBOX: &str = "default-src 'none'; sandbox";

/// The control rooms that somebody watches, and the pictures in them.
pub struct Control {
    desks: DashMap<SeriesId, Arc<Desk>>,
    feeds: DashMap<(SeriesId, PersonId), usize>,
    pub pictures: Pictures,
}

impl Control {
    #[must_use]
    pub fn new(metrics: Arc<Metrics>) -> Self {
        Self { desks: DashMap::new(), feeds: DashMap::new(), pictures: Pictures::new(metrics) }
    }

    /// What is seen of a series now, and from now on: its newest look is at most a second old.
    async fn watch(&self, app: &App, series: SeriesId) -> Result<watch::Receiver<Option<Arc<Wall>>>, Problem> {
        let mut walls = {
            let desk = match self.desks.entry(series) {
                Entry::Occupied(desk) => Arc::clone(desk.get()),
                Entry::Vacant(place) => {
                    let desk = Arc::new(Desk::new());
                    app.tasks.spawn(desk::run(app.clone(), series, Arc::clone(&desk)));
                    place.insert(Arc::clone(&desk));
                    desk
                }
            };
            let walls = desk.wall.subscribe();
            desk.wake.notify_one();
            walls
        };
        let is_fresh =
            |wall: &Option<Arc<Wall>>| wall.as_ref().is_some_and(|wall| wall.at.elapsed() < 2 * limits::CONTROL_TICK);
        let is_there = {
            let looked = tokio::time::timeout(limits::BODY_TIME, walls.wait_for(is_fresh)).await;
            matches!(looked, Ok(Ok(_)))
        };
        if is_there { Ok(walls) } else { Err(Code::Unavailable.into()) }
    }

    /// Forgets a desk, unless somebody watches it.
    fn close(&self, series: SeriesId) -> bool {
        self.desks.remove_if(&series, |_, desk| desk.wall.receiver_count() == 0).is_some()
    }
}

/// One of the feeds that a person may have; dropping it gives it back.
struct FeedPlace {
    control: Arc<Control>,
    key: (SeriesId, PersonId),
}

impl FeedPlace {
    fn take(control: &Arc<Control>, series: SeriesId, person: PersonId) -> Result<Self, Problem> {
        let key = (series, person);
        let mut open = control.feeds.entry(key).or_default();
        if *open >= limits::CONTROL_FEEDS_PER_PERSON {
            return Err(Problem::new(Code::TooMany).retry_after(1));
        }
        *open += 1;
        Ok(Self { control: Arc::clone(control), key })
    }
}

impl Drop for FeedPlace {
    fn drop(&mut self) {
        if let Entry::Occupied(mut open) = self.control.feeds.entry(self.key) {
            *open.get_mut() -= 1;
            if *open.get() == 0 {
                open.remove();
            }
        }
    }
}

/// All teams of the series: who is where, what they do, where they are in the script. At most two seconds old.
#[utoipa::path(get, path = "/api/series/{series}/control", tag = "control room",
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = Wall), answers::RatedReads))]
pub async fn read(State(app): State<App>, on: InSeries) -> Result<Response, Problem> {
    on.runs_the_series()?;
    app.rates.command(on.caller.person)?;
    let walls = app.control.watch(&app, on.series).await?;
    let wall = walls.borrow().clone().ok_or(Code::Unavailable)?;
    Ok(axum::Json(&*wall).into_response())
}

/// The same, kept open: server-sent events. `whole` is what the snapshot is, first and when teams come or go; `changes` has the
/// same members, and of teams only those that changed, each with the fields that did and its id. At most one a second.
#[utoipa::path(get, path = "/api/series/{series}/control/feed", tag = "control room",
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = String, content_type = "text/event-stream",
        description = "See docs/protocol.md, section 6.8."), answers::RatedReads))]
pub async fn feed(State(app): State<App>, on: InSeries) -> Result<Response, Problem> {
    on.runs_the_series()?;
    let place = FeedPlace::take(&app.control, on.series, on.caller.person)?;
    let mut walls = app.control.watch(&app, on.series).await?;
    walls.mark_changed();
    let feed = Feed::new(app, on.series, on.caller, walls, place);
    let events = stream::unfold(feed, async |mut feed| {
        let bytes = feed.next().await?;
        Some((Ok::<_, std::convert::Infallible>(bytes), feed))
    });
    // The last one is for proxies that would wait for more.
    let headers = [(header::CONTENT_TYPE.as_str(), "text/event-stream"), ("x-accel-buffering", "no")];
    Ok((headers, Body::from_stream(events)).into_response())
}

/// The team's board as a small picture without readable words. Made anew at most every two seconds, and only when the board has
/// changed.
#[utoipa::path(get, path = "/api/series/{series}/teams/{team}/thumbnail", tag = "control room",
    params(("series" = String, Path, description = "The series' id"), ("team" = String, Path, description = "The team's id")),
    responses((status = 200, body = Vec<u8>, content_type = "image/png",
        description = "At most 10 KiB; nothing, with status 304, to an `If-None-Match` that has its `ETag`."),
        answers::BoardReads))]
pub async fn thumbnail(
    State(app): State<App>,
    on: InSeries,
    TeamName(team): TeamName,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    on.runs_the_series()?;
    let teams = app.store.whole_series(on.series).await?.teams;
    let board = teams.into_iter().find(|there| there.id == team).ok_or(Code::NotFound)?.board;
    let picture = app.control.pictures.renew(&app.rooms, board).await?.ok_or(Code::Unavailable)?;
    let tag = format!("\"{}\"", picture.tag);
    let sent = headers.get(header::IF_NONE_MATCH).and_then(|sent| sent.to_str().ok()).unwrap_or_default();
    if sent.split(',').any(|one| one.trim() == tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let headers = [
        (header::CONTENT_TYPE, "image/png".to_owned()),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        (header::ETAG, tag),
    ];
    Ok((headers, picture.png.clone()).into_response())
}
