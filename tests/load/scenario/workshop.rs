//! A workshop: six teams of fourteen, a fifth of whom type, and a facilitator who speaks to all while two watch the control room.
//! Knows no servers but this project's.

use std::{cell::RefCell, rc::Rc, time::Duration};

use serde_json::json;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

use crate::{
    clock,
    histogram::Histogram,
    report::Figures,
    servers::Place,
    workshop::{
        attendee::{Attendee, Heard, words},
        held::Held,
        watcher::watch,
    },
};

const TEAMS: usize = 6;
const EACH: usize = 14;
/// One in so many types.
const TYPES: usize = 5;
/// Letters a second of whoever types.
const LETTERS: u32 = 5;
const CALL_EVERY: Duration = Duration::from_secs(1);
/// What a call may take until the last has it.
const PATIENCE: Duration = Duration::from_secs(10);
const MIB: f64 = 1_048_576.0;

/// One run.
pub(crate) async fn run(place: &Place, minutes: f64) -> Result<Figures, String> {
    let held = Held::start(place, TEAMS, EACH).await?;
    let heard: Rc<RefCell<Heard>> = Rc::default();
    let (mut writers, mut listeners) = (Vec::new(), Vec::new());
    for (number, seat) in held.seats.iter().enumerate() {
        let attendee = Attendee::join(held.address, seat, &heard).await?;
        if number % TYPES == 0 { writers.push(attendee) } else { listeners.push(attendee) }
    }
    let typing = tokio::task::spawn_local(type_on(writers));
    let watchers = [watch(&held).await?, watch(&held).await?];
    sleep(Duration::from_secs(5)).await;

    let (begin, before, resident) = (Instant::now(), held.process.usage()?, held.process.usage()?.resident);
    let painted = held.painted().await?;
    let fed = watchers.each_ref().map(|taken| (taken.borrow().feed, taken.borrow().picture_bytes));
    let length = Duration::from_secs_f64(minutes * 60.0);
    let mut sent = Vec::new();
    let mut ticks = interval(CALL_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while begin.elapsed() < length {
        ticks.tick().await;
        sent.push(clock::now());
        held.call(&json!({"type": "say", "text": words(sent.len() - 1)})).await?;
    }
    let seconds = begin.elapsed().as_secs_f64();
    let (usage, painted) = (held.process.usage()?, held.painted().await? - painted);
    everybody(&heard, sent.len()).await?;

    let (mut each, mut last) = (Histogram::default(), Histogram::default());
    for (sent, came) in sent.iter().zip(&heard.borrow().calls) {
        came.iter().for_each(|at| each.add(at.saturating_sub(*sent)));
        last.add(came.iter().max().map_or(0, |at| at.saturating_sub(*sent)));
    }
    if heard.borrow().refused > 0 {
        return Err(format!("{} edits were refused", heard.borrow().refused));
    }
    if heard.borrow().ended > 0 || watchers.iter().any(|taken| taken.borrow().ended) || typing.is_finished() {
        return Err("a connection ended".to_owned());
    }
    let fed = watchers
        .iter()
        .zip(fed)
        .map(|(taken, before)| (taken.borrow().feed - before.0, taken.borrow().picture_bytes - before.1));
    let most = fed.fold((0, 0), |most, one| (most.0.max(one.0), most.1.max(one.1)));
    let mut figures = Figures::default();
    figures.put("calls", sent.len() as f64);
    figures.put("each p50 ms", each.milliseconds(0.5));
    figures.put("each p99 ms", each.milliseconds(0.99));
    figures.put("last p50 ms", last.milliseconds(0.5));
    figures.put("last p99 ms", last.milliseconds(0.99));
    figures.put("feed B/s", most.0 as f64 / seconds);
    figures.put("pictures B/s", most.1 as f64 / seconds);
    figures.put("renderings/s a board", painted / seconds / TEAMS as f64);
    figures.put("CPU %", usage.seconds_since(&before) / seconds * 100.0);
    figures.put("MiB at first", resident as f64 / MIB);
    figures.put("MiB at last", usage.resident as f64 / MIB);
    figures.put("MiB peak", usage.peak as f64 / MIB);
    drop(listeners);
    held.process.kill().await?;
    Ok(figures)
}

/// Those who type take turns, so that each writes so many letters a second.
async fn type_on(mut writers: Vec<Attendee>) -> Result<(), String> {
    let each = u32::try_from(writers.len()).unwrap_or(1).max(1) * LETTERS;
    let mut ticks = interval(Duration::from_secs(1) / each);
    loop {
        for writer in &mut writers {
            ticks.tick().await;
            writer.write().await?;
        }
    }
}

/// Waits until everybody has heard every call.
async fn everybody(heard: &Rc<RefCell<Heard>>, calls: usize) -> Result<(), String> {
    let begin = Instant::now();
    let lacks = || {
        let heard = heard.borrow();
        (0..calls).filter(|call| heard.calls.get(*call).is_none_or(|came| came.len() < TEAMS * EACH)).count()
    };
    while lacks() > 0 {
        if begin.elapsed() > PATIENCE {
            return Err(format!("{} of {calls} calls have not come to everybody", lacks()));
        }
        sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}
