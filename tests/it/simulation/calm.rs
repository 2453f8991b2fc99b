//! The end of a simulation: faults are over, everybody comes back, and everything must fit. Knows no plans.

use std::{
    collections::{BTreeSet, HashMap},
    rc::Rc,
    time::Duration,
};

use jalostamo::{ids::PersonId, limits};
use tokio::time::{Instant, sleep};
use yrs::{Doc, ReadTxn, Transact, Update, updates::decoder::Decode};

use super::{
    book::content,
    plan::Manner,
    tab::{FORBIDDEN, new_doc},
    world::World,
};
use crate::{kill_facts::Facts, kill_load::facts_of, support::random::Random};

/// The longest that it takes until everybody is in step.
const PATIENCE: Duration = Duration::from_secs(60);
/// Presence and session states are told within this.
const TOLD: Duration = Duration::from_secs(5);
/// An empty room is closed after this: its time, and what a slow disk takes.
const CLOSED: Duration = Duration::from_secs(10);

impl World {
    /// Until everybody is in step, and then every check there is.
    pub(crate) async fn calm(self: &Rc<Self>) {
        *self.machine.faults() = super::store::Faults::default();
        if self.server().store.is_failing() || !self.intruded.borrow().is_empty() {
            self.crash();
        }
        self.server().store.recover();
        self.close_tabs_past_the_limit();
        for number in 0..self.plan.parts.len() {
            self.tab(number).offline = false;
            self.connect(number);
        }
        let until = Instant::now() + PATIENCE;
        while !self.is_settled() && Instant::now() < until && self.findings().is_empty() {
            sleep(Duration::from_millis(250)).await;
        }
        // A line that was left long ago may only now be given a seat, and take somebody's pointer with it when it goes.
        sleep(TOLD).await;
        self.tabs().for_each(|mut tab| tab.tell_presence());
        sleep(TOLD).await;
        for board in 0..self.boards.len() {
            self.compare(board);
            self.compare_presence(board);
            self.compare_sessions(board);
            self.compare_server(board, "at the end").await;
        }
        self.leave_all().await;
        self.crash();
        for board in 0..self.boards.len() {
            self.compare_server(board, "after the last restart").await;
        }
    }

    /// Whoever has more tabs of one board than the server takes can never be in step with all of them.
    fn close_tabs_past_the_limit(self: &Rc<Self>) {
        let mut open = HashMap::new();
        for number in 0..self.plan.parts.len() {
            let mut tab = self.tab(number);
            let tabs = open.entry((tab.person, tab.part.board)).or_insert(0);
            *tabs += 1;
            if *tabs > limits::SOCKETS_PER_PERSON {
                tab.out = true;
                let line = tab.lost();
                line.inspect(|line| line.hang_up());
            }
        }
    }

    fn is_settled(&self) -> bool {
        let now = Instant::now();
        self.tabs().filter(|tab| !tab.out).all(|tab| {
            let flows = tab.line.as_ref().is_some_and(|line| line.stalled.get() <= now);
            flows && tab.is_quiet() && facts_of(&tab.worker.doc) == *self.book(tab.part.board).replayed_facts()
        })
    }

    /// Every copy against the journal.
    fn compare(&self, board: usize) {
        let mut wrong = Vec::new();
        let (facts, shows) = {
            let mut book = self.book(board);
            (book.replayed_facts().clone(), content(book.replayed()))
        };
        for tab in self.tabs().filter(|tab| tab.part.board == board && !tab.out) {
            let number = tab.number;
            if !tab.is_quiet() {
                wrong.push(format!(
                    "tab {number} is not in step: line {}, synced {}, sent {}, durable {}, unsynced {}",
                    tab.line.is_some(),
                    tab.synced,
                    tab.sent,
                    tab.durable,
                    tab.unsynced
                ));
            }
            wrong.extend(differs(&format!("tab {number}"), &tab.worker.doc, &facts, &shows));
        }
        if format!("{shows:?}").contains(FORBIDDEN) {
            wrong.push("something forbidden is on the board".into());
        }
        let mut book = self.book(board);
        let faults = book.history.faults(&facts);
        wrong.extend(faults.iter().map(|fault| format!("at the end: {fault:?}")));
        wrong.into_iter().for_each(|what| book.wrong(what));
    }

    /// Everybody sees everybody's last state, and nobody else's.
    fn compare_presence(&self, board: usize) {
        let here = self.tabs().filter(|tab| tab.part.board == board && tab.line.is_some());
        let told: Vec<_> =
            here.map(|tab| (tab.number, tab.client(), tab.presence.clone(), tab.others.clone())).collect();
        for (number, client, _, others) in &told {
            let mut expected: Vec<(u64, Option<String>)> = told
                .iter()
                .filter(|(_, other, state, _)| other != client && state.is_some())
                .map(|(_, other, state, _)| (*other, state.as_ref().map(|state| state["cursor"].to_string())))
                .collect();
            expected.sort();
            let shown: Vec<_> =
                others.iter().map(|(client, state)| (*client, Some(state["cursor"].to_string()))).collect();
            if shown != expected {
                self.book(board).wrong(format!("tab {number} sees {shown:?} and should see {expected:?}"));
            }
        }
    }

    /// The newest facilitation, and who is here.
    fn compare_sessions(&self, board: usize) {
        let state = {
            let book = self.book(board);
            book.state(book.seq())
        };
        let mut locked: Vec<String> = state.locked.iter().cloned().collect();
        locked.sort();
        let on_board = || self.tabs().filter(|tab| tab.part.board == board && tab.line.is_some());
        let here: BTreeSet<PersonId> = on_board().map(|tab| tab.person).collect();
        let here: BTreeSet<String> = here.iter().map(ToString::to_string).collect();
        let framed = on_board().filter(|tab| tab.part.manner != Manner::YWebsocket);
        let told: Vec<_> = framed.map(|tab| (tab.number, tab.session.clone())).collect();
        for (number, session) in told {
            let shown = session.map(|mut session| session["state"].take()).unwrap_or_default();
            let people = shown["people"].as_array().cloned().unwrap_or_default();
            let there = people.iter().filter(|person| person["here"] == true);
            let there: BTreeSet<String> =
                there.filter_map(|person| Some(person["person"].as_str()?.to_owned())).collect();
            let expected = serde_json::json!([locked, state.paused, "good"]);
            let told = serde_json::json!([shown["locked"], shown["paused"], shown["storage"]]);
            if told != expected || there != here {
                let what = format!("tab {number} was told {told} and {there:?}, it is {expected} and {here:?}");
                self.book(board).wrong(what);
            }
        }
    }

    /// What a newcomer would get.
    async fn compare_server(&self, board: usize, when: &str) {
        self.look(board, when).await;
        let encoded = match self.server().rooms.open(self.boards[board]).await {
            Ok(room) => room.encoded().await.ok(),
            Err(_) => None,
        };
        let Some((seq, encoded)) = encoded else {
            return self.book(board).wrong(format!("{when}: the board does not open"));
        };
        let doc = new_doc(&mut Random::new(0));
        doc.transact_mut().apply_update(Update::decode_v1(&encoded).unwrap()).unwrap();
        let mut book = self.book(board);
        let (facts, shows) = (book.replayed_facts().clone(), content(book.replayed()));
        let wrong = differs(&format!("{when}: the server"), &doc, &facts, &shows);
        wrong.into_iter().for_each(|what| book.wrong(what));
        if seq != book.seq() {
            let there = book.seq();
            book.wrong(format!("{when}: the server is at entry {seq}, the journal at {there}"));
        }
    }

    /// Everybody leaves, and nothing is left behind.
    async fn leave_all(self: &Rc<Self>) {
        for number in 0..self.plan.parts.len() {
            let mut tab = self.tab(number);
            tab.offline = true;
            let line = tab.lost();
            line.inspect(|line| line.hang_up());
        }
        sleep(CLOSED + self.plan.pace.room_idle).await;
        let server = self.server();
        let (rooms, peers) = (server.metrics.rooms.get(), server.metrics.peers.get());
        let open = self.boards.iter().filter(|board| server.rooms.if_open(**board).is_some()).count();
        if (rooms, peers, open) != (0, 0, 0) {
            self.book(0)
                .wrong(format!("everybody has left, and {rooms} rooms ({open} listed), {peers} peers are there"));
        }
    }
}

/// How a copy differs from the journal.
fn differs<C: PartialEq>(name: &str, doc: &Doc, facts: &Facts, shows: &C) -> Vec<String>
where
    (yrs::Any, yrs::Any): PartialEq<C>,
{
    let mut wrong = Vec::new();
    let its = facts_of(doc);
    if its != *facts {
        let (more, less) = (its.contains(facts), facts.contains(&its));
        wrong.push(format!("{name} differs: has all of the journal {more}, has nothing else {less}"));
    }
    if content(doc) != *shows {
        wrong.push(format!("{name} shows something else than the journal"));
    }
    if doc.transact().has_missing_updates() {
        wrong.push(format!("{name} waits for something"));
    }
    wrong
}
