//! One step of a plan, carried out. Knows no checks.

use std::{rc::Rc, time::Duration};

use jalostamo::{
    clock,
    facilitation::{Command, Event},
    ids::PersonId,
    role::Role,
    room::CommandError,
    store::{Append, Body, Commit, Stream},
};
use tokio::{
    task::spawn_local,
    time::{Instant, sleep, timeout},
};

use super::{
    plan::{Mischief, Order, Step},
    world::World,
};

/// How often a request is repeated whose room closed just then.
const TRIES: usize = 3;
/// After so long an orderly stop is no longer waited for.
const STOP: Duration = Duration::from_secs(10);
/// After so long nothing of somebody who was put out is on its way to the disk any more.
const OUT: Duration = Duration::from_secs(10);

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

impl World {
    pub(crate) async fn act(self: &Rc<Self>, step: &Step) {
        match *step {
            Step::Edit(tab) => self.tab(tab).work(false),
            Step::Paste(tab) => self.tab(tab).work(true),
            Step::Title(tab) => self.tab(tab).title(),
            Step::Point(tab) => self.tab(tab).point(),
            Step::Mischief(tab, what) => self.mischief(tab, what),
            Step::Order(tab, order) => self.order(tab, order),
            Step::Cut(tab) => self.cut(tab),
            Step::HalfOpen(tab, after) => self.half_open(tab, millis(after)),
            Step::Offline(tab, time) => self.go_offline(tab, millis(time)),
            Step::Stall(tab, time) => {
                let until = Instant::now() + millis(time);
                let tab = self.tab(tab);
                tab.line.iter().for_each(|line| line.stalled.set(line.stalled.get().max(until)));
            }
            Step::Resync(tab) => self.tab(tab).resync(),
            Step::Crash => self.crash(),
            Step::Restart(kill) => self.restart(kill.map(millis)).await,
            Step::Full(time) => {
                self.machine.faults().full = true;
                self.later(time, |world| {
                    world.machine.faults().full = false;
                    world.server().store.recover();
                });
            }
            Step::Slow(time) => {
                self.machine.faults().slow = true;
                self.later(time, |world| world.machine.faults().slow = false);
            }
            Step::FsyncFails => {
                self.machine.faults().fsync_fails = true;
                // Somebody looks after the disk and starts the server again.
                self.later(1_500, |world| {
                    if world.server().store.is_failing() {
                        world.crash();
                    }
                });
            }
            Step::Hiccup(board) => _ = self.machine.faults().hiccups.insert(self.boards[board]),
            Step::Unreadable(time) => {
                self.machine.faults().unreadable = true;
                self.later(time, |world| world.machine.faults().unreadable = false);
            }
            Step::Intrude(board) => self.intrude(board),
            Step::Expel(tab) => self.expel(tab),
        }
    }

    fn later(self: &Rc<Self>, time: u64, work: impl FnOnce(&Rc<Self>) + 'static) {
        let world = Rc::clone(self);
        spawn_local(async move {
            sleep(millis(time)).await;
            work(&world);
        });
    }

    /// The tab has noticed that its line is broken; some of what it had sent arrives.
    fn half_open(self: &Rc<Self>, number: usize, after: Duration) {
        let line = self.tab(number).lost();
        if let Some(line) = line {
            line.leave(usize::try_from(self.below(6)).unwrap(), after);
            self.lost(number);
        }
    }

    fn go_offline(self: &Rc<Self>, number: usize, time: Duration) {
        self.tab(number).offline = true;
        self.half_open(number, millis(300));
        let world = Rc::clone(self);
        spawn_local(async move {
            sleep(time).await;
            world.tab(number).offline = false;
            world.connect(number);
        });
    }

    fn mischief(&self, number: usize, what: Mischief) {
        let part = &self.plan.parts[number];
        let other = self.tabs_of(part.board).find(|other| self.plan.parts[*other].person != part.person);
        let Some(other) = other else { return };
        let other = {
            let other = self.tab(other);
            (other.person, other.client())
        };
        let facts = self.tab(number).mischief(what, other);
        let forbidden = facts.map(|facts| (format!("{what:?} of tab {number}"), facts));
        self.book(part.board).history.refused.extend(forbidden);
    }

    fn tabs_of(&self, board: usize) -> impl Iterator<Item = usize> {
        (0..self.plan.parts.len()).filter(move |tab| self.plan.parts[*tab].board == board)
    }

    fn order(self: &Rc<Self>, number: usize, order: Order) {
        let part = self.plan.parts[number].clone();
        if !self.plan.is_ordered(part.board) || self.tab(number).out {
            return;
        }
        let object = match order {
            Order::Lock => self.tab(number).some_note(),
            Order::Unlock => {
                let book = self.book(part.board);
                let mut locked: Vec<String> = book.state(book.seq()).locked.iter().cloned().collect();
                locked.sort();
                let at = self.below(locked.len() as u64);
                locked.get(usize::try_from(at).unwrap()).cloned()
            }
            Order::Pause | Order::Resume => None,
        };
        let objects: Vec<String> = object.iter().cloned().collect();
        let command = match order {
            Order::Lock => Command::Lock { objects },
            Order::Unlock => Command::Unlock { objects },
            Order::Pause => Command::Pause,
            Order::Resume => Command::Resume,
        };
        let (world, person) = (Rc::clone(self), self.people[part.person]);
        self.request(async move {
            match world.command(part.board, person, part.role, command).await {
                Some(Ok(_)) if !part.role.runs_the_board() => {
                    world.book(part.board).wrong(format!("tab {number} may not do that, and did: {order:?}"));
                }
                Some(Ok(seq)) => world.book(part.board).obeys(seq, order, object),
                Some(Err(_)) | None => {}
            }
        });
    }

    async fn command(
        &self,
        board: usize,
        person: PersonId,
        role: Role,
        command: Command,
    ) -> Option<Result<u64, CommandError>> {
        for _ in 0..TRIES {
            let room = self.server().rooms.open(self.boards[board]).await.ok()?;
            match room.command(person, role, command.clone()).await {
                Err(CommandError::Closed(_)) => {}
                answer => return Some(answer),
            }
        }
        None
    }

    /// SIGTERM; after a while, if that is said, kill -9.
    async fn restart(self: &Rc<Self>, kill: Option<Duration>) {
        let rooms = self.server().rooms.clone();
        // A stop that takes too long is ended too.
        let _ = timeout(kill.unwrap_or(STOP), rooms.shutdown()).await;
        self.crash();
    }

    /// Another process takes the journal's next number.
    fn intrude(&self, board: usize) {
        let id = self.boards[board];
        let (expected, epoch) = {
            let disk = self.machine.disk();
            let kept = disk.board(id).unwrap();
            (kept.seq(), kept.row.epoch)
        };
        let event = serde_json::to_string(&Event::Resumed { by: self.people[0] }).unwrap();
        let append =
            Append { stream: Stream::board(id), epoch, expected, at: clock::now_ms(), body: Body::Event(event) };
        // Paused boards stay as they are: this is about numbers.
        if !self.book(board).state(expected).paused {
            self.machine.keep(&Commit { appends: vec![append], records: Vec::new() }).unwrap();
            self.intruded.borrow_mut().insert(board);
        }
    }

    /// As when the link is revoked by which a person came.
    fn expel(self: &Rc<Self>, number: usize) {
        let part = &self.plan.parts[number];
        let first = self.tabs_of(part.board).next().map(|tab| self.plan.parts[tab].person);
        let mine = self.tabs_of(part.board).find(|tab| self.plan.parts[*tab].person == part.person);
        if part.role.runs_the_board() || first == Some(part.person) || mine != Some(number) {
            return;
        }
        let (board, person) = (self.boards[part.board], self.people[part.person]);
        let gone = self.machine.disk().boards.get_mut(&board).and_then(|kept| kept.members.remove(&person));
        if gone.is_none() {
            return;
        }
        let at = part.board;
        let world = Rc::clone(self);
        self.request(async move {
            let Some(room) = world.server().rooms.if_open_or_opening(board).await else { return };
            // In a room that is closed there is nobody.
            let _ = room.expel(person).await;
            let _ = room.people_changed().await;
        });
        let world = Rc::clone(self);
        spawn_local(async move {
            sleep(OUT).await;
            world.book(at).bar(person);
        });
    }
}
