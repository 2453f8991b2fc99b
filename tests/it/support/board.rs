//! A server with one board on a free port, over a store that can be told to fail. Knows no promise.

use std::{net::SocketAddr, path::Path, sync::Arc};

use jalostamo::{
    access::secret::Secret,
    clock,
    config::Config,
    http::{
        App,
        accept::{self, Terms},
        control::Control,
        export_queue::Exports,
        rate::Rates,
        router::router,
    },
    ids::{BoardId, PersonId},
    limits::{self, Pace},
    metrics::Metrics,
    role::Role,
    room::{Dialect, Join, Rooms, Seat},
    store::{
        Change, Commit, Journal, SqliteStore, Store,
        records::{Board, Member, Person, Session},
    },
    wire::Head,
};
use tokio::{
    net::{TcpListener, TcpSocket},
    sync::{Notify, Semaphore},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use yrs::Doc;

use crate::support::{
    collab::{Client, options},
    faulty::Faulty,
};

/// A server with one board.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) app: App,
    pub(crate) board: BoardId,
    pub(crate) store: Arc<Faulty>,
}

impl Server {
    /// On a data folder with a new board.
    pub(crate) async fn start(data: &Path) -> Self {
        let store = Faulty::new(Arc::new(SqliteStore::open(data).unwrap()));
        let (board, made_by) = (BoardId::new(), person("Owner"));
        let records = vec![Change::NewBoard(row(board, made_by.id)), Change::PutPerson(made_by)];
        put(store.real.as_ref(), records).await;
        Self::over(store, board).await
    }

    /// As [`Server::start`], where what takes time takes another.
    pub(crate) async fn paced(data: &Path, pace: Pace) -> Self {
        let Self { app, board, store, .. } = Self::start(data).await;
        app.shutdown.cancel();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::listening(listener, store, board, pace)
    }

    /// As [`Server::paced`], where the system keeps few bytes of a socket that nobody reads.
    pub(crate) async fn narrow(data: &Path, pace: Pace) -> Self {
        let Self { app, board, store, .. } = Self::start(data).await;
        app.shutdown.cancel();
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_send_buffer_size(16 * 1024).unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        Self::listening(socket.listen(1_024).unwrap(), store, board, pace)
    }

    /// A board on which nobody has a role.
    pub(crate) async fn add_board(&self) -> BoardId {
        let (board, made_by) = (BoardId::new(), person("Somebody"));
        let records = vec![Change::NewBoard(row(board, made_by.id)), Change::PutPerson(made_by)];
        put(self.store.real.as_ref(), records).await;
        board
    }

    /// A further server process, as it were, over the same store.
    pub(crate) async fn over(store: Arc<Faulty>, board: BoardId) -> Self {
        Self::listening(TcpListener::bind("127.0.0.1:0").await.unwrap(), store, board, Pace::default())
    }

    fn listening(listener: TcpListener, store: Arc<Faulty>, board: BoardId, pace: Pace) -> Self {
        let address = listener.local_addr().unwrap();
        let metrics = Arc::new(Metrics::new());
        let shared: Arc<dyn Store> = Arc::clone(&store) as Arc<dyn Store>;
        let app = App {
            rooms: Rooms::paced(Arc::clone(&shared), Arc::clone(&metrics), pace),
            store: shared,
            origins: vec![format!("http://{address}")].into(),
            rates: Arc::new(Rates::new(limits::REDEEM_PER_MINUTE)),
            config: Arc::new(Config { pace, ..Config::default() }),
            sessions: Arc::default(),
            exports: Arc::new(Exports::new(limits::EXPORT_KEPT)),
            control: Arc::new(Control::new(Arc::clone(&metrics))),
            metrics,
            heavy_work: Arc::new(Semaphore::new(limits::HEAVY_WORK)),
            shutdown: CancellationToken::new(),
            tasks: TaskTracker::new(),
        };
        let terms = Terms {
            header_time: limits::HEADER_TIME,
            stalled: 2 * app.config.pace.stalled,
            connections: Arc::new(Semaphore::new(1_000)),
            shutdown: app.shutdown.clone(),
            tasks: app.tasks.clone(),
        };
        tokio::spawn(accept::run(listener, router(app.clone()), terms));
        Self { address, app, board, store }
    }

    /// The same board by a new server; this one ends in order.
    pub(crate) async fn restart(self) -> Self {
        self.app.rooms.shutdown().await;
        self.app.shutdown.cancel();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::listening(listener, self.store, self.board, self.app.config.pace)
    }

    /// As [`Server::restart`], at the same address: clients come back by themselves.
    pub(crate) async fn restart_in_place(self) -> Self {
        self.app.rooms.shutdown().await;
        self.app.shutdown.cancel();
        loop {
            match TcpListener::bind(self.address).await {
                Ok(listener) => return Self::listening(listener, self.store, self.board, self.app.config.pace),
                Err(_) => tokio::task::yield_now().await,
            }
        }
    }

    /// So many participants on the board, and their bearer tokens.
    pub(crate) async fn crowd(&self, many: usize) -> Vec<(PersonId, String)> {
        let (mut crowd, mut records) = (Vec::new(), Vec::new());
        for _ in 0..many {
            let (person, secret) = (person("Aino"), Secret::new().unwrap());
            let member = Member { board: self.board, person: person.id, role: Role::Participant, invite: None };
            let session = Session { secret: secret.hash(), person: person.id, made: clock::now_ms(), expires: None };
            crowd.push((person.id, secret.expose().to_owned()));
            records.extend([Change::PutPerson(person), Change::PutMember(member), Change::NewSession(session)]);
        }
        put(self.store.real.as_ref(), records).await;
        crowd
    }

    /// A person with a role on the board, and their bearer token.
    pub(crate) async fn person(&self, name: &str, role: Role) -> (PersonId, String) {
        self.person_on(self.board, name, role).await
    }

    async fn person_on(&self, board: BoardId, name: &str, role: Role) -> (PersonId, String) {
        let (person, secret) = (person(name), Secret::new().unwrap());
        let id = person.id;
        let member = Member { board, person: id, role, invite: None };
        let session = Session { secret: secret.hash(), person: id, made: clock::now_ms(), expires: None };
        let records = vec![Change::PutPerson(person), Change::PutMember(member), Change::NewSession(session)];
        put(self.store.real.as_ref(), records).await;
        (id, secret.expose().to_owned())
    }

    /// A client that has joined as a new person and is in step with the server.
    pub(crate) async fn client(&self, name: &str, role: Role) -> Client {
        let (person, token) = self.person(name, role).await;
        self.connect(person, &token).await
    }

    /// As [`Server::client`], on another board of this server.
    pub(crate) async fn client_on(&self, board: BoardId, name: &str, role: Role) -> Client {
        let (person, token) = self.person_on(board, name, role).await;
        let client = Client::dial(self, person, &token, Doc::with_options(options()), &format!("board.{board}")).await;
        client.until("in step", |heard| heard.synced && heard.session.is_some()).await;
        client
    }

    /// A client with this token, in step with the server.
    pub(crate) async fn connect(&self, person: PersonId, token: &str) -> Client {
        let client = self.dial(person, token, Doc::with_options(options())).await;
        client.until("in step", |heard| heard.synced && heard.session.is_some()).await;
        client
    }

    /// As [`Server::connect`] with a document of one's own, and without waiting.
    pub(crate) async fn dial(&self, person: PersonId, token: &str, doc: Doc) -> Client {
        Client::dial(self, person, token, doc, &format!("board.{}", self.board)).await
    }

    /// A seat in the board's room without any socket: a peer that reads and answers only when the test does.
    pub(crate) async fn sit(&self, person: PersonId, wake: &Arc<Notify>) -> Seat {
        let (dialect, role) = (Dialect::YWebsocket, Role::Participant);
        let join = |_: &_| Join { person, role, dialect, head: Head::none(), wake: wake.clone() };
        self.app.rooms.join(self.board, join).await.unwrap()
    }

    /// As [`Server::dial`], for a document by name.
    pub(crate) async fn dial_name(&self, person: PersonId, token: &str, name: &str) -> Client {
        Client::dial(self, person, token, Doc::with_options(options()), name).await
    }
}

fn row(id: BoardId, made_by: PersonId) -> Board {
    Board { id, epoch: 1, title: "Board".into(), made: clock::now_ms(), made_by, series: None }
}

fn person(name: &str) -> Person {
    Person { id: PersonId::new(), name: name.into(), language: "en".into(), made: clock::now_ms(), server_owner: false }
}

async fn put(store: &SqliteStore, records: Vec<Change>) {
    store.commit(Commit { appends: vec![], records }).await.unwrap();
}
