//! The line between a tab and the server: two queues of whole frames, each in order, each with its delays. Knows no
//! frames' meaning.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
    time::Duration,
};

use bytes::Bytes;
use jalostamo::wire::CloseCode;
use tokio::{
    sync::Notify,
    task::JoinHandle,
    time::{Instant, sleep_until},
};

use crate::support::random::Random;

/// What a queue carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    Frame(Bytes),
    /// The other end closes, the server with a code.
    End(Option<CloseCode>),
}

/// One direction.
pub(crate) struct Queue {
    items: RefCell<VecDeque<(Instant, Item)>>,
    news: Notify,
    /// When the last one arrives.
    last: Cell<Instant>,
    random: RefCell<Random>,
    lag: u64,
    /// Nothing goes in any more.
    shut: Cell<bool>,
}

impl Queue {
    fn new(random: Random, lag: u64) -> Self {
        Self {
            items: RefCell::default(),
            news: Notify::new(),
            last: Cell::new(Instant::now()),
            random: RefCell::new(random),
            lag,
            shut: Cell::new(false),
        }
    }

    pub(crate) fn push(&self, item: Item) {
        if self.shut.get() {
            return;
        }
        let delay = {
            let mut random = self.random.borrow_mut();
            // Seldom something is lost on the way and sent again.
            let most = if random.below(30) == 0 { self.lag * 8 } else { self.lag };
            random.next() % (most + 1)
        };
        let due = self.last.get().max(Instant::now() + Duration::from_millis(delay));
        self.last.set(due);
        self.items.borrow_mut().push_back((due, item));
        self.news.notify_one();
    }

    /// The next that arrives, when it arrives.
    pub(crate) async fn next(&self) -> Item {
        loop {
            let due = self.items.borrow().front().map(|(due, _)| *due);
            match due {
                None => self.news.notified().await,
                Some(due) if due > Instant::now() => sleep_until(due).await,
                Some(_) => {
                    if let Some((_, item)) = self.items.borrow_mut().pop_front() {
                        return item;
                    }
                }
            }
        }
    }

    /// Only the first few of what is on the way arrive, then the end.
    fn break_after(&self, keep: usize, end: Instant) {
        let mut items = self.items.borrow_mut();
        items.truncate(keep);
        items.push_back((end.max(self.last.get()), Item::End(None)));
        self.shut.set(true);
        self.news.notify_one();
    }

    /// For a bug: the last two that wait change places, but not their times.
    pub(crate) fn swap(&self) {
        let mut items = self.items.borrow_mut();
        if let [.., (_, a), (_, b)] = items.make_contiguous() {
            std::mem::swap(a, b);
        }
    }

    /// For a bug: the last that waits is lost.
    pub(crate) fn lose(&self) {
        self.items.borrow_mut().pop_back();
    }
}

/// One connection.
pub(crate) struct Line {
    pub(crate) up: Queue,
    pub(crate) down: Queue,
    /// The tab takes nothing until then.
    pub(crate) stalled: Cell<Instant>,
    /// The server's end, and what brings frames to the tab.
    tasks: RefCell<Vec<JoinHandle<()>>>,
    /// For bugs.
    pub(crate) random: RefCell<Random>,
}

impl Line {
    pub(crate) fn new(mut random: Random, lag: u64) -> Rc<Self> {
        let (up, down) = (Random::new(random.next()), Random::new(random.next()));
        Rc::new(Self {
            up: Queue::new(up, lag),
            down: Queue::new(down, lag),
            stalled: Cell::new(Instant::now()),
            tasks: RefCell::default(),
            random: RefCell::new(random),
        })
    }

    pub(crate) fn carry(&self, task: JoinHandle<()>) {
        self.tasks.borrow_mut().push(task);
    }

    /// Both ends at once; nothing that was on the way arrives.
    pub(crate) fn cut(&self) {
        self.up.shut.set(true);
        self.down.shut.set(true);
        self.tasks.borrow().iter().for_each(JoinHandle::abort);
    }

    /// The tab is gone; the first few frames that it had sent still arrive, and the server notices `after` that.
    pub(crate) fn leave(&self, keep: usize, after: Duration) {
        self.down.shut.set(true);
        self.down.items.borrow_mut().clear();
        self.up.break_after(keep, Instant::now() + after);
    }

    /// The tab closes it in order: everything that it had sent arrives.
    pub(crate) fn hang_up(&self) {
        self.leave(usize::MAX, Duration::ZERO);
    }
}
