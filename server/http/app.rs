//! What every route is handed: the parts of the running server. Knows not what routes do with them.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    config::Config,
    http::{control::Control, export_queue::Exports, rate::Rates, sessions::Sessions},
    metrics::Metrics,
    room::Rooms,
    store::Store,
};

/// The running server; a clone is the same one.
#[derive(Clone)]
pub struct App {
    pub store: Arc<dyn Store>,
    pub rooms: Rooms,
    pub config: Arc<Config>,
    pub metrics: Arc<Metrics>,
    /// Origins of the server's own pages, the public one first (it is what links begin with).
    pub origins: Arc<[String]>,
    pub rates: Arc<Rates>,
    /// Sockets by the session that they live by.
    pub sessions: Arc<Sessions>,
    /// Files being made of boards, and those that wait to be fetched.
    pub exports: Arc<Exports>,
    /// The control rooms that somebody watches.
    pub control: Arc<Control>,
    /// Places for work that holds whole boards in memory; see [`crate::limits::HEAVY_WORK`].
    pub heavy_work: Arc<Semaphore>,
    /// Cancelled when the server stops.
    pub shutdown: CancellationToken,
    /// Everything that the stop waits for.
    pub tasks: TaskTracker,
}

impl App {
    /// What links begin with: scheme, host and port.
    #[must_use]
    pub fn public_origin(&self) -> &str {
        self.origins.first().map_or("", String::as_str)
    }

    /// Whether people reach the server by https; then cookies are `Secure`.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_origin().starts_with("https://")
    }

    /// The link that carries a secret, in the fragment, which browsers do not send.
    #[must_use]
    pub fn link(&self, secret: &str) -> String {
        format!("{}/#join={secret}", self.public_origin())
    }
}
