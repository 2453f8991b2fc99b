//! Starting and stopping the whole server. Knows every part, and no part's inside.

use std::{io, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use tokio::{net::TcpListener, sync::Semaphore};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    access::invite::{self, MakeError},
    clock,
    config::{self, Config},
    error::StoreError,
    http::{
        App,
        accept::{self, Terms},
        control::Control,
        export_queue::Exports,
        probes,
        rate::{self, Rates},
        router::router,
    },
    limits,
    metrics::Metrics,
    room::Rooms,
    store::{SqliteStore, Store, pruning},
};

/// How long the stop waits for what is still running, once everything is durable.
const STOP: Duration = Duration::from_secs(10);

/// Why the server did not start: one sentence for whoever started it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("Another program listens on {0} already; stop it, or choose another address with --listen.")]
    Busy(SocketAddr),
    #[error("Cannot listen on {address}: {error}.")]
    Listen { address: SocketAddr, error: io::Error },
    #[error("Another Jalostamo server is using the folder {}; stop it, or choose another folder with --data.", .0.display())]
    InUse(PathBuf),
    #[error(
        "The folder of the data cannot be written ({0}); give the server's user the right, or choose another folder with --data."
    )]
    ReadOnly(String),
    #[error("The data in {} cannot be used: {error}.", .data.display())]
    Data { data: PathBuf, error: StoreError },
    #[error("The operating system gave no randomness: {0}.")]
    Random(getrandom::Error),
}

impl StartError {
    /// What a store error means to whoever started the program.
    #[must_use]
    pub fn store(config: &Config, error: StoreError) -> Self {
        match error {
            StoreError::InUse => StartError::InUse(config.data.clone()),
            StoreError::ReadOnly(why) => StartError::ReadOnly(why),
            error => StartError::Data { data: config.data.clone(), error },
        }
    }

    /// As [`StartError::store`], for what makes a secret.
    #[must_use]
    pub fn make(config: &Config, error: MakeError) -> Self {
        match error {
            MakeError::Store(error) => StartError::store(config, error),
            MakeError::Random(error) => StartError::Random(error),
        }
    }
}

/// A server that runs.
pub struct Running {
    /// Where it listens; with port 0 in the configuration, the port it got.
    pub address: SocketAddr,
    /// Where `/metrics` is, if anywhere.
    pub metrics_address: Option<SocketAddr>,
    /// The link that makes its reader an owner of the server.
    pub owner_link: String,
    app: App,
    store: Arc<SqliteStore>,
}

/// Starts the server: binds, opens the data, makes an owner link, accepts.
///
/// # Errors
/// One of the sentences of [`StartError`]; nothing runs then.
pub async fn serve(config: Config) -> Result<Running, StartError> {
    let listeners = bind_all(&config).await?;
    let first = listeners.first().map(TcpListener::local_addr).transpose();
    let address = first.ok().flatten().unwrap_or_else(|| config.listen.addresses().0);
    let metrics_listener = match config.metrics_listen {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    let metrics_address = metrics_listener.as_ref().and_then(|listener| listener.local_addr().ok());

    let data = config.data.clone();
    let opened = tokio::task::spawn_blocking(move || SqliteStore::open(&data)).await;
    let opened = opened.unwrap_or_else(|error| Err(StoreError::Other(error.to_string())));
    let store = Arc::new(opened.map_err(|error| StartError::store(&config, error))?);
    let secret = invite::owner_link(store.as_ref()).await.map_err(|error| StartError::make(&config, error))?;

    let app = assemble(config, address, Arc::clone(&store));
    let owner_link = app.link(secret.expose());
    accept_all(&app, listeners, metrics_listener);
    Ok(Running { address, metrics_address, owner_link, app, store })
}

fn assemble(config: Config, address: SocketAddr, store: Arc<SqliteStore>) -> App {
    let store: Arc<dyn Store> = store;
    let metrics = Arc::new(Metrics::new());
    App {
        rooms: Rooms::paced(Arc::clone(&store), Arc::clone(&metrics), config.pace),
        store,
        origins: config::origins(config.public_url.as_ref(), address).into(),
        rates: Arc::new(Rates::new(config.redeem_per_minute)),
        config: Arc::new(config),
        sessions: Arc::default(),
        control: Arc::new(Control::new(Arc::clone(&metrics))),
        metrics,
        exports: Arc::new(Exports::new(limits::EXPORT_KEPT)),
        heavy_work: Arc::new(Semaphore::new(limits::HEAVY_WORK)),
        shutdown: CancellationToken::new(),
        tasks: TaskTracker::new(),
    }
}

fn accept_all(app: &App, listeners: Vec<TcpListener>, metrics: Option<TcpListener>) {
    let terms = Terms {
        header_time: app.config.header_time,
        stalled: 2 * app.config.pace.stalled,
        connections: Arc::new(Semaphore::new(app.config.connections)),
        shutdown: app.shutdown.clone(),
        tasks: app.tasks.clone(),
    };
    let routes = router(app.clone());
    for listener in listeners {
        app.tasks.spawn(accept::run(listener, routes.clone(), terms.clone()));
    }
    if let Some(listener) = metrics {
        app.tasks.spawn(accept::run(listener, probes::metrics(app.clone()), terms));
    }
    let (store, history) = (Arc::clone(&app.store), app.config.history);
    app.tasks.spawn(pruning::run(store, history, clock::now_ms, app.shutdown.clone()));
    let (rates, control, shutdown) = (Arc::clone(&app.rates), Arc::clone(&app.control), app.shutdown.clone());
    app.tasks.spawn(async move {
        while tokio::time::timeout(rate::SWEEP, shutdown.cancelled()).await.is_err() {
            rates.sweep();
            control.pictures.sweep();
        }
    });
}

/// Binds what the configuration names. `localhost` is two addresses with one port; a machine without IPv6 has one.
async fn bind_all(config: &Config) -> Result<Vec<TcpListener>, StartError> {
    let (first, second) = config.listen.addresses();
    let listener = bind(first).await?;
    let port = listener.local_addr().map(|address| address.port()).unwrap_or(first.port());
    let mut listeners = vec![listener];
    if let Some(mut second) = second {
        second.set_port(port);
        match bind(second).await {
            Ok(listener) => listeners.push(listener),
            // Browsers would reach the other program by the name localhost.
            Err(error @ StartError::Busy(_)) if first.port() != 0 => return Err(error),
            Err(_) => {}
        }
    }
    Ok(listeners)
}

async fn bind(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => StartError::Busy(address),
        _ => StartError::Listen { address, error },
    })
}

impl Running {
    /// The parts, for tests and for embedding.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// What links begin with: scheme, host and port.
    #[must_use]
    pub fn public_origin(&self) -> &str {
        self.app.public_origin()
    }

    /// Stops in order: accepts no more, closes the rooms when everything is durable (their sockets get 1012), waits
    /// for what still runs, closes the data.
    pub async fn stop(self) {
        let Running { app, store, .. } = self;
        app.shutdown.cancel();
        app.rooms.shutdown().await;
        app.tasks.close();
        if tokio::time::timeout(STOP, app.tasks.wait()).await.is_err() {
            tracing::warn!("some connections did not end in time");
        }
        store.close().await;
    }
}
