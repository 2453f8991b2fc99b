//! What a seed means: who is there, and what happens when, as readable steps. Knows no server.

use std::{fmt, time::Duration};

use jalostamo::{limits::Pace, role::Role};

use crate::support::random::Random;

/// Which program somebody uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// The project's own provider.
    Own,
    /// `@hocuspocus/provider`.
    Hocuspocus,
    /// `y-websocket`.
    YWebsocket,
}

/// A browser tab and who sits at it.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) board: usize,
    /// Two tabs can be one person's.
    pub(crate) person: usize,
    pub(crate) role: Role,
    pub(crate) manner: Manner,
}

/// What somebody tries although it is forbidden; none of it ever enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mischief {
    /// A note in another person's name.
    ForgedAuthor,
    /// Blocks under the client id of another person's tab.
    ForeignClient,
    /// An observer's note.
    Observer,
}

/// What a facilitator, or somebody who is none, asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// A note that is there.
    Lock,
    /// Everything that is locked.
    Unlock,
    Pause,
    Resume,
}

/// One step. Numbers are of tabs and boards; times are milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Edit(usize),
    Paste(usize),
    Title(usize),
    Point(usize),
    Mischief(usize, Mischief),
    Order(usize, Order),
    /// The line breaks at both ends.
    Cut(usize),
    /// The tab knows that its line is broken; the server finds out later, and may still get what was on the way.
    HalfOpen(usize, u64),
    /// Works without a line for so long.
    Offline(usize, u64),
    /// Takes nothing for so long.
    Stall(usize, u64),
    /// Synchronises anew.
    Resync(usize),
    /// kill -9 and a start.
    Crash,
    /// SIGTERM and a start; after so long, if at all, kill -9 in between.
    Restart(Option<u64>),
    /// The disk is full for so long.
    Full(u64),
    /// Commits take long for so long.
    Slow(u64),
    /// The next commit's fsync fails.
    FsyncFails,
    /// The next commit of a board fails for another reason.
    Hiccup(usize),
    /// Nothing can be read for so long.
    Unreadable(u64),
    /// Another process appends to a board's journal.
    Intrude(usize),
    /// A tab's person is put out, in all tabs.
    Expel(usize),
}

/// Everything that a seed decides.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) boards: usize,
    pub(crate) people: usize,
    pub(crate) parts: Vec<Part>,
    pub(crate) pace: Pace,
    /// The longest that a frame is on its way.
    pub(crate) lag: u64,
    /// In order: milliseconds from the beginning.
    pub(crate) steps: Vec<(u64, Step)>,
}

impl Plan {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x6a61_6c6f);
        let tabs = 3 + random.below(6);
        let boards = 1 + random.below((tabs / 2).min(3));
        let (people, parts) = cast(&mut random, tabs, boards);
        let millis = |choices: &[u64], random: &mut Random| Duration::from_millis(*random.pick(choices).unwrap());
        let pace = Pace {
            housekeeping: Duration::from_millis(250),
            room_idle: millis(&[400, 3_000], &mut random),
            document_rest: millis(&[300, 2_000], &mut random),
            room_cold: millis(&[600, 5_000, 60_000], &mut random),
            checkpoint_entries: *random.pick(&[4, 20, 2_000]).unwrap(),
            resync_minute: millis(&[500, 4_000], &mut random),
            ..Pace::default()
        };
        let lag = *random.pick(&[3, 40, 250]).unwrap();
        let mut plan = Self { seed, boards, people, parts, pace, lag, steps: Vec::new() };
        plan.fill(&mut random);
        plan
    }

    fn fill(&mut self, random: &mut Random) {
        let count = 100 + random.below(301);
        let heavy = random.below(20) == 0;
        let mut at = 0;
        for _ in 0..count {
            at += match random.below(100) {
                0..60 => random.below(12) as u64,
                60..97 => random.below(120) as u64,
                _ => 500 + random.below(4_000) as u64,
            };
            let step = self.step(random, heavy);
            self.steps.push((at, step));
        }
    }

    fn step(&self, random: &mut Random, heavy: bool) -> Step {
        let tab = random.below(self.parts.len());
        let board = random.below(self.boards);
        let long = |random: &mut Random, most: usize| 20 + random.below(most) as u64;
        let stall = if heavy { 20_000 } else { 4_000 };
        match random.below(1_000) {
            480..570 if heavy => Step::Paste(tab),
            0..560 => Step::Edit(tab),
            560..640 => Step::Point(tab),
            640..650 => Step::Title(tab),
            650..690 => {
                let kinds = [Mischief::ForgedAuthor, Mischief::ForeignClient];
                let kind = *random.pick(&kinds).unwrap();
                Step::Mischief(tab, if self.parts[tab].role == Role::Observer { Mischief::Observer } else { kind })
            }
            690..760 => {
                let orders = [Order::Lock, Order::Lock, Order::Unlock, Order::Pause, Order::Resume, Order::Resume];
                Step::Order(tab, *random.pick(&orders).unwrap())
            }
            760..810 => Step::Cut(tab),
            810..845 => Step::HalfOpen(tab, long(random, 2_000)),
            845..870 => Step::Offline(tab, long(random, 3_000)),
            870..910 => Step::Stall(tab, long(random, stall)),
            910..920 => Step::Resync(tab),
            // A start would put an end to what waits for slow readers.
            920..965 if heavy => Step::Stall(tab, long(random, stall)),
            920..945 => Step::Crash,
            945..955 => Step::Restart(None),
            955..965 => Step::Restart(Some(random.below(60) as u64)),
            965..973 => Step::Full(long(random, 1_500)),
            973..979 => Step::Slow(long(random, 3_000)),
            979..982 => Step::FsyncFails,
            982..987 => Step::Hiccup(board),
            987..991 => Step::Unreadable(long(random, 600)),
            991..996 => Step::Intrude(board),
            996..998 => Step::Expel(tab),
            _ => Step::Edit(tab),
        }
    }
}

/// Who sits where: on each board somebody of the own provider who writes; stock programs write only where nobody locks
/// and pauses, because they cannot be told what was refused.
fn cast(random: &mut Random, tabs: usize, boards: usize) -> (usize, Vec<Part>) {
    let ordered: Vec<bool> = (0..boards).map(|_| random.below(2) == 0).collect();
    let mut parts: Vec<Part> = Vec::new();
    let mut people = 0;
    for tab in 0..tabs {
        let board = tab % boards;
        let twin = parts.iter().find(|part| part.board == board && part.role == Role::Participant).cloned();
        if let Some(twin) = twin.filter(|_| random.below(7) == 0) {
            parts.push(twin);
            continue;
        }
        let role = match (tab / boards, random.below(10)) {
            (0, _) => Role::Participant,
            (1, _) | (_, 0) => Role::Facilitator,
            (_, 1 | 2) => Role::Observer,
            _ => Role::Participant,
        };
        let stock = !ordered[board] || role == Role::Observer;
        let manner = match random.below(4) {
            0 if stock => Manner::Hocuspocus,
            1 if stock => Manner::YWebsocket,
            _ => Manner::Own,
        };
        parts.push(Part { board, person: people, role, manner });
        people += 1;
    }
    (people, parts)
}

impl Plan {
    /// Whether locks and pauses can come on a board: where everybody who writes can be told of them.
    pub(crate) fn is_ordered(&self, board: usize) -> bool {
        let writers = self.parts.iter().filter(|part| part.board == board && part.role != Role::Observer);
        writers.into_iter().all(|part| part.manner == Manner::Own)
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {}: {} boards, frames take up to {} ms", self.seed, self.boards, self.lag)?;
        for (tab, part) in self.parts.iter().enumerate() {
            let Part { board, person, role, manner } = part;
            writeln!(f, "  tab {tab}: board {board}, person {person}, {role:?}, {manner:?}")?;
        }
        write!(f, "  {} steps", self.steps.len())
    }
}
