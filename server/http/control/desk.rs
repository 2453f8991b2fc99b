//! The control room of one series: looks at all boards once a second while somebody watches, once for all who do. Knows no
//! requests.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use futures_util::future::join_all;
use serde::Serialize;
use serde_json::{Map, Value};
use tokio::{
    sync::{Notify, watch},
    time::Instant,
};
use utoipa::ToSchema;

use super::team::{TeamNow, VoteNow};
use crate::{
    clock,
    error::StoreError,
    http::{App, votes::Progress},
    ids::{BoardId, PersonId, Seq, SeriesId, WorkshopId},
    limits,
    programme::Team,
    room::Glance,
};

/// How long it goes on when nobody watches: a facilitator whose line was gone finds it as it was.
const LINGER: Duration = Duration::from_secs(30);
/// A board that could not be read is tried again after this.
const DAMAGED_REST: Duration = Duration::from_secs(30);

/// All teams of a series at one moment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ControlRoom)]
pub struct Wall {
    /// When this was, by the server's clock: milliseconds since 1970.
    pub now: i64,
    /// Where each workshop stands that anything was said to; one that is not named stands at 0.
    pub calls: Vec<CallsNow>,
    pub teams: Vec<TeamNow>,
    /// The teams as JSON objects, to compare.
    #[serde(skip)]
    #[schema(ignore)]
    pub(super) objects: Vec<Map<String, Value>>,
    #[serde(skip)]
    #[schema(ignore)]
    pub(super) at: Instant,
}

/// What was said to all boards of a workshop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallsNow {
    #[schema(value_type = String, example = "wk_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub workshop: WorkshopId,
    /// The number of the last call: what the next one may expect.
    pub seq: Seq,
}

/// What everybody who watches a series shares.
pub(super) struct Desk {
    pub(super) wall: watch::Sender<Option<Arc<Wall>>>,
    /// Somebody came while nobody watched.
    pub(super) wake: Notify,
}

impl Desk {
    pub(super) fn new() -> Self {
        Self { wall: watch::Sender::new(None), wake: Notify::new() }
    }
}

/// Serves a desk until nobody has watched it for a while, or the server stops. It is in the map of desks until then.
pub(super) async fn run(app: App, series: SeriesId, desk: Arc<Desk>) {
    let mut looker = Looker { app, series, closed: HashMap::new(), here: HashSet::new(), left: HashMap::new() };
    let shutdown = looker.app.shutdown.clone();
    loop {
        if desk.wall.receiver_count() == 0 {
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = desk.wake.notified() => {}
                () = tokio::time::sleep(LINGER) => {
                    if looker.app.control.close(series) {
                        return;
                    }
                }
            }
        }
        match looker.look().await {
            Ok(wall) => _ = desk.wall.send_replace(Some(Arc::new(wall))),
            // What was seen last stays.
            Err(error) => tracing::warn!(%series, %error, "the control room cannot read its teams"),
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(limits::CONTROL_TICK) => {}
        }
    }
}

/// What is remembered between two looks.
struct Looker {
    app: App,
    series: SeriesId,
    /// Boards that are not open, as their journals had them.
    closed: HashMap<BoardId, Closed>,
    here: HashSet<(BoardId, PersonId)>,
    left: HashMap<(BoardId, PersonId), i64>,
}

enum Closed {
    Read(Arc<Glance>),
    Damaged(Instant),
}

impl Looker {
    async fn look(&mut self) -> Result<Wall, StoreError> {
        let mut teams = self.app.store.whole_series(self.series).await?.teams;
        teams.retain(|team| team.withdrawn.is_none());
        let calls = match teams.first() {
            Some(team) => self.app.store.called(team.board).await?,
            None => vec![],
        };
        let glances = join_all(teams.iter().map(|team| self.seen(team.board, &calls))).await;
        let now = clock::now_ms();
        let mut seen = Vec::with_capacity(teams.len());
        for (team, (glance, vote)) in teams.iter().zip(glances) {
            seen.push(TeamNow { vote, ..self.team(team, glance, now) });
        }
        let objects = seen.iter().map(object).collect();
        let calls = calls.into_iter().map(|(workshop, seq)| CallsNow { workshop, seq }).collect();
        Ok(Wall { now, calls, teams: seen, objects, at: clock::instant() })
    }

    async fn seen(&self, board: BoardId, calls: &[(WorkshopId, Seq)]) -> (Seen, Option<VoteNow>) {
        let seen = self.glance(board, calls).await;
        let (Seen::Open(glance) | Seen::Closed(glance)) = &seen else { return (seen, None) };
        let Some((id, title)) = glance.state.votes.open().map(|round| (round.id, round.title.clone())) else {
            return (seen, None);
        };
        // One that was closed in this moment is told as such the next time.
        let progress = Progress::of(&self.app, board, id).await.ok();
        (seen, progress.map(|progress| VoteNow { id, title, progress }))
    }

    /// A board that is open is asked; one that is closed is read once, and again when something was said to all boards.
    async fn glance(&self, board: BoardId, calls: &[(WorkshopId, Seq)]) -> Seen {
        if let Some(glance) = self.app.rooms.glance(board).await {
            return Seen::Open(Arc::new(glance));
        }
        match self.closed.get(&board) {
            Some(Closed::Read(glance)) if !is_behind(glance, calls) => return Seen::Closed(Arc::clone(glance)),
            Some(Closed::Damaged(since)) if since.elapsed() < DAMAGED_REST => return Seen::Damaged,
            _ => {}
        }
        match self.app.rooms.glance_closed(board).await {
            Ok(glance) => Seen::Closed(Arc::new(glance)),
            Err(error) => {
                tracing::warn!(%board, %error, "the control room cannot read a board");
                Seen::Damaged
            }
        }
    }

    fn team(&mut self, team: &Team, seen: Seen, now: i64) -> TeamNow {
        let board = team.board;
        let glance = match seen {
            Seen::Open(glance) => {
                self.closed.remove(&board);
                glance
            }
            Seen::Closed(glance) => {
                self.closed.insert(board, Closed::Read(Arc::clone(&glance)));
                glance
            }
            Seen::Damaged => {
                self.closed.entry(board).or_insert_with(|| Closed::Damaged(clock::instant()));
                return TeamNow::damaged(team);
            }
        };
        for attendee in &glance.people {
            let key = (board, attendee.person);
            if attendee.here {
                self.here.insert(key);
                self.left.remove(&key);
            } else if self.here.remove(&key) {
                self.left.insert(key, now);
            }
        }
        let mut told = TeamNow::of(team, &glance, |person| self.left.get(&(board, person)).copied(), now);
        let (picture, is_time) = self.app.control.pictures.newest(board, glance.version);
        if is_time {
            let app = self.app.clone();
            self.app.tasks.spawn(async move {
                if let Err(error) = app.control.pictures.renew(&app.rooms, board).await {
                    tracing::warn!(%board, %error, "no picture for the control room");
                }
            });
        }
        told.content = picture.as_ref().map(|picture| picture.content.clone());
        told.thumbnail = picture.map(|picture| picture.tag.clone());
        told
    }
}

/// How a board was found.
enum Seen {
    Open(Arc<Glance>),
    Closed(Arc<Glance>),
    Damaged,
}

fn is_behind(glance: &Glance, calls: &[(WorkshopId, Seq)]) -> bool {
    calls.iter().any(|(workshop, newest)| glance.state.adopted(*workshop) < *newest)
}

/// A team as it is compared and told.
fn object(team: &TeamNow) -> Map<String, Value> {
    match serde_json::to_value(team) {
        Ok(Value::Object(object)) => object,
        // Plain data is an object.
        _ => Map::new(),
    }
}
