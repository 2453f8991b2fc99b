//! One seed from beginning to end, on a thread and a clock of its own. Knows no checks.

use std::panic::catch_unwind;

use jalostamo::clock;
use tokio::{
    runtime::Builder,
    task::LocalSet,
    time::{Duration, sleep_until},
};

use super::{bug::Bug, plan::Plan, trace::Trace, world::World};

/// What was going on, so that a run in which nothing happens does not pass for a good one.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Figures {
    pub(crate) steps: u64,
    pub(crate) edits: u64,
    pub(crate) acknowledged: u64,
    pub(crate) refused: u64,
    pub(crate) received: u64,
    pub(crate) entries: u64,
    pub(crate) crashes: u64,
    pub(crate) full_states: u64,
    /// Milliseconds on the simulated clock.
    pub(crate) simulated: u64,
}

impl Figures {
    pub(crate) fn add(&mut self, other: &Self) {
        self.steps += other.steps;
        self.edits += other.edits;
        self.acknowledged += other.acknowledged;
        self.refused += other.refused;
        self.received += other.received;
        self.entries += other.entries;
        self.crashes += other.crashes;
        self.full_states += other.full_states;
        self.simulated += other.simulated;
    }
}

pub(crate) struct Outcome {
    pub(crate) findings: Vec<String>,
    pub(crate) trace: u64,
    pub(crate) figures: Figures,
}

/// `loud` prints the steps and what follows from them.
pub(crate) fn run(plan: Plan, bug: Option<Bug>, loud: bool) -> Outcome {
    let played = catch_unwind(|| {
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        LocalSet::new().block_on(&runtime, play(plan, bug, loud))
    });
    clock::simulate(None);
    played.unwrap_or_else(|_| Outcome { findings: vec!["a panic".into()], trace: 0, figures: Figures::default() })
}

async fn play(plan: Plan, bug: Option<Bug>, loud: bool) -> Outcome {
    let world = World::new(plan, bug);
    (0..world.boards.len()).for_each(|board| world.book(board).loud = loud);
    (0..world.plan.parts.len()).for_each(|tab| world.connect(tab));
    for (at, step) in &world.plan.steps {
        sleep_until(world.began + Duration::from_millis(*at)).await;
        if !world.findings().is_empty() {
            break;
        }
        if loud {
            println!("{at:>7} ms  {step:?}");
        }
        world.act(step).await;
    }
    if world.findings().is_empty() {
        world.calm().await;
    }
    let (mut trace, mut figures) = (Trace::default(), Figures::default());
    for board in 0..world.boards.len() {
        let book = world.book(board);
        trace.number(book.trace.hash());
        figures.entries += book.seq();
    }
    for tab in world.tabs() {
        figures.edits += tab.figures.edits;
        figures.acknowledged += tab.figures.acknowledged;
        figures.refused += tab.figures.refused;
        figures.received += tab.figures.received;
    }
    figures.steps = world.plan.steps.len() as u64;
    (figures.crashes, figures.full_states) = (world.crashes.get(), world.full_states.get());
    figures.simulated = u64::try_from(world.began.elapsed().as_millis()).unwrap();
    Outcome { findings: world.findings(), trace: trace.hash(), figures }
}
