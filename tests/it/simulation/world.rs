//! Everything that one seed sets in motion: the disk, the server on it, the tabs and their lines. Knows no steps.

use std::{
    cell::{Cell, RefCell, RefMut},
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use bytes::Bytes;
use jalostamo::{
    clock,
    ids::{BoardId, PersonId},
    metrics::Metrics,
    room::{Rooms, Seat},
    store::{
        Change, Commit, Store,
        records::{Board, Member, Person},
    },
    wire::CloseCode,
};
use tokio::{
    task::{JoinHandle, spawn_local},
    time::{Instant, sleep},
};

use super::{
    book::Book,
    bug::Bug,
    disk::Disk,
    frame,
    hear::After,
    line::{Item, Line},
    plan::Plan,
    socket::{Caller, Socket},
    store::{Machine, SimStore},
    tab::{Tab, new_doc},
};
use crate::support::random::Random;

/// When a simulation begins: 2026-11-23 in UTC.
const BEGAN: i64 = 1_795_392_000_000;

/// The server's process.
pub(crate) struct Server {
    pub(crate) rooms: Rooms,
    pub(crate) store: SimStore,
    pub(crate) metrics: Arc<Metrics>,
}

impl Server {
    fn start(machine: &Machine, plan: &Plan) -> Self {
        let (store, metrics) = (SimStore::new(machine.clone()), Arc::new(Metrics::new()));
        let shared: Arc<dyn Store> = Arc::new(store.clone());
        Self { rooms: Rooms::paced(shared, Arc::clone(&metrics), plan.pace), store, metrics }
    }
}

pub(crate) struct World {
    pub(crate) plan: Plan,
    pub(crate) bug: Option<Bug>,
    pub(crate) machine: Machine,
    pub(crate) boards: Vec<BoardId>,
    pub(crate) people: Vec<PersonId>,
    server: RefCell<Rc<Server>>,
    tabs: Vec<RefCell<Tab>>,
    /// What the server is asked by HTTP, which ends with it.
    requests: RefCell<Vec<JoinHandle<()>>>,
    kept_seats: Rc<RefCell<Vec<Rc<Seat>>>>,
    pub(crate) random: RefCell<Random>,
    pub(crate) began: Instant,
    pub(crate) crashes: Cell<u64>,
    /// Boards to whose journal another process appended since the last start.
    pub(crate) intruded: RefCell<BTreeSet<usize>>,
    /// Full states that slow readers got instead of frames.
    pub(crate) full_states: Cell<u64>,
}

fn id(random: &mut Random) -> [u8; 16] {
    [random.next().to_be_bytes(), random.next().to_be_bytes()].concat().try_into().unwrap()
}

/// A disk with the boards and people of a plan.
fn format(plan: &Plan, boards: &[BoardId], people: &[PersonId]) -> Disk {
    let mut disk = Disk::default();
    let row = |id: &BoardId| Board {
        id: *id,
        epoch: 1,
        title: "Board".into(),
        made: BEGAN,
        made_by: people[0],
        series: None,
    };
    let person = |(number, id): (usize, &PersonId)| Person {
        id: *id,
        name: format!("Person {number}"),
        language: "fi".into(),
        made: BEGAN,
        server_owner: false,
    };
    let mut records: Vec<Change> = people.iter().enumerate().map(person).map(Change::PutPerson).collect();
    records.extend(boards.iter().map(row).map(Change::NewBoard));
    for part in &plan.parts {
        let (board, person) = (boards[part.board], people[part.person]);
        records.push(Change::PutMember(Member { board, person, role: part.role, invite: None }));
    }
    disk.commit(&Commit { appends: Vec::new(), records }).unwrap();
    disk
}

impl World {
    pub(crate) fn new(plan: Plan, bug: Option<Bug>) -> Rc<Self> {
        clock::simulate(Some(BEGAN));
        let mut random = Random::new(plan.seed ^ 0x0077_6f72_6c64);
        let boards: Vec<BoardId> = (0..plan.boards).map(|_| BoardId::from_bytes(id(&mut random))).collect();
        let people: Vec<PersonId> = (0..plan.people).map(|_| PersonId::from_bytes(id(&mut random))).collect();
        let book = |(at, board): (usize, &BoardId)| {
            (*board, Mutex::new(Book::new(format!("board {at}"), new_doc(&mut random))))
        };
        let books: BTreeMap<BoardId, Mutex<Book>> = boards.iter().enumerate().map(book).collect();
        let machine = Machine::new(format(&plan, &boards, &people), Arc::new(books), random.next(), bug);
        let tab = |(number, part): (usize, &super::plan::Part)| {
            let (person, name) = (people[part.person], format!("board.{}.1", boards[part.board]));
            let mut tab = Tab::new(number, part.clone(), person, name, Random::new(random.next()));
            tab.bug = bug;
            RefCell::new(tab)
        };
        let tabs = plan.parts.iter().enumerate().map(tab).collect();
        Rc::new(Self {
            server: RefCell::new(Rc::new(Server::start(&machine, &plan))),
            plan,
            bug,
            machine,
            boards,
            people,
            tabs,
            requests: RefCell::default(),
            kept_seats: Rc::default(),
            random: RefCell::new(random),
            began: Instant::now(),
            crashes: Cell::new(0),
            intruded: RefCell::default(),
            full_states: Cell::new(0),
        })
    }

    pub(crate) fn server(&self) -> Rc<Server> {
        Rc::clone(&self.server.borrow())
    }

    pub(crate) fn tab(&self, number: usize) -> RefMut<'_, Tab> {
        self.tabs[number].borrow_mut()
    }

    pub(crate) fn tabs(&self) -> impl Iterator<Item = RefMut<'_, Tab>> {
        self.tabs.iter().map(RefCell::borrow_mut)
    }

    pub(crate) fn book(&self, board: usize) -> MutexGuard<'_, Book> {
        self.machine.book(self.boards[board])
    }

    /// Whatever was found wrong so far.
    pub(crate) fn findings(&self) -> Vec<String> {
        (0..self.boards.len()).flat_map(|board| self.book(board).findings.clone()).collect()
    }

    pub(crate) fn below(&self, end: u64) -> u64 {
        self.random.borrow_mut().next() % end.max(1)
    }

    fn trace(&self, board: usize, what: u64, bytes: &[u8]) {
        let at = u64::try_from(self.began.elapsed().as_millis()).unwrap();
        let mut book = self.book(board);
        book.trace.number(at << 8 | what);
        book.trace.bytes(bytes);
    }

    /// A new line for a tab that has none.
    pub(crate) fn connect(self: &Rc<Self>, number: usize) {
        let (line, caller) = {
            let mut tab = self.tab(number);
            if tab.line.is_some() || tab.offline || tab.out {
                return;
            }
            let random = Random::new(tab.worker.random.next());
            let line = Line::new(random, self.plan.lag);
            tab.line = Some(Rc::clone(&line));
            let board = self.boards[tab.part.board];
            (line, Caller { tab: number, person: tab.person, board, manner: tab.part.manner })
        };
        let server = self.server();
        let socket = Socket {
            rooms: server.rooms.clone(),
            store: server.store.clone(),
            caller,
            line: Rc::clone(&line),
            bug: self.bug,
            kept: Rc::clone(&self.kept_seats),
        };
        line.carry(spawn_local(socket.run()));
        line.carry(spawn_local(Rc::clone(self).carry(number, Rc::clone(&line))));
        self.book(self.plan.parts[number].board).note(|| format!("tab {number} connects"));
        self.tab(number).opened();
    }

    /// Brings what arrives to the tab.
    async fn carry(self: Rc<Self>, number: usize, line: Rc<Line>) {
        loop {
            let item = line.down.next().await;
            if !self.tab(number).line.as_ref().is_some_and(|there| Rc::ptr_eq(there, &line)) {
                return;
            }
            match item {
                Item::Frame(frame) => self.deliver(number, frame),
                Item::End(code) => {
                    if matches!(code, Some(CloseCode::Forbidden | CloseCode::Unknown)) {
                        self.tab(number).out = true;
                    }
                    let board = self.plan.parts[number].board;
                    self.trace(board, 2, &[u8::try_from(number).unwrap()]);
                    self.book(board).note(|| format!("tab {number} is closed: {code:?}"));
                    return self.lost(number);
                }
            }
        }
    }

    fn deliver(self: &Rc<Self>, number: usize, frame: Bytes) {
        let board = self.plan.parts[number].board;
        self.trace(board, 16 + number as u64, &frame);
        let after = {
            let (mut tab, mut book) = (self.tab(number), self.book(board));
            let said = frame::read(frame, tab.part.manner);
            tab.hear(said, self.plan.is_ordered(board), &mut book)
        };
        if after == After::Fresh {
            let line = self.tab(number).lost();
            line.inspect(|line| line.hang_up());
            self.tab(number).fresh();
            self.come_back(number);
        }
    }

    /// The tab's line is gone, as far as the tab knows: it comes back by itself.
    pub(crate) fn lost(self: &Rc<Self>, number: usize) {
        let _ = self.tab(number).lost();
        self.come_back(number);
    }

    fn come_back(self: &Rc<Self>, number: usize) {
        let wait = Duration::from_millis(10 + self.tab(number).worker.random.next() % 400);
        let world = Rc::clone(self);
        spawn_local(async move {
            sleep(wait).await;
            world.connect(number);
        });
    }

    /// Both ends of a tab's line at once.
    pub(crate) fn cut(self: &Rc<Self>, number: usize) {
        let line = self.tab(number).lost();
        if let Some(line) = line {
            line.cut();
            self.come_back(number);
        }
    }

    /// Asks the server something by HTTP.
    pub(crate) fn request(&self, request: impl Future<Output = ()> + 'static) {
        self.requests.borrow_mut().push(spawn_local(request));
    }

    /// kill -9 and a start.
    pub(crate) fn crash(self: &Rc<Self>) {
        self.crashes.set(self.crashes.get() + 1);
        let old = self.server();
        self.full_states.set(self.full_states.get() + old.metrics.full_states.get());
        old.store.kill();
        self.requests.borrow_mut().drain(..).for_each(|request| request.abort());
        self.kept_seats.borrow_mut().clear();
        self.intruded.borrow_mut().clear();
        for number in 0..self.tabs.len() {
            let line = self.tab(number).lost();
            if let Some(line) = line {
                line.cut();
                self.come_back(number);
            }
        }
        self.settle_disk();
        *self.server.borrow_mut() = Rc::new(Server::start(&self.machine, &self.plan));
        for board in 0..self.boards.len() {
            let world = Rc::clone(self);
            self.request(async move { world.look(board, "after a restart").await });
        }
    }

    /// What was unsure before a crash becomes sure.
    fn settle_disk(&self) {
        let unsure = std::mem::take(&mut self.machine.disk().unsure);
        for commit in unsure.into_iter().filter(|_| self.below(2) == 0) {
            // What was appended behind it meanwhile by another makes it void.
            let _ = self.machine.disk().commit(&commit);
        }
        for (board, id) in self.boards.iter().enumerate() {
            let kept = {
                let mut disk = self.machine.disk();
                let kept = disk.boards.get_mut(id).unwrap();
                if self.bug == Some(Bug::LosesTheTail) {
                    kept.entries.pop();
                    let seq = kept.seq();
                    kept.checkpoint.take_if(|checkpoint| checkpoint.seq > seq);
                }
                kept.clone()
            };
            self.book(board).restarted(&kept);
        }
    }

    /// Opens a board and looks whether everything is there that was promised before.
    pub(crate) async fn look(&self, board: usize, when: &str) {
        let promised = self.book(board).promises();
        let Ok(room) = self.server().rooms.open(self.boards[board]).await else { return };
        let Ok((_, encoded)) = room.encoded().await else { return };
        let facts = crate::kill_load::facts_of_update(&encoded);
        self.book(board).look(when, &promised, &facts);
    }
}
