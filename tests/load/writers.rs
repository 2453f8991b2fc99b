//! Everybody who writes in a run, each at fixed times. Knows no servers.
//!
//! The load is open: an edit goes out when its time has come, whatever the server does. Were the next one to wait until
//! the last had come through, a server that stops for a second would be charged with one late edit instead of all that
//! people would have made meanwhile ("coordinated omission").

use std::{cell::RefCell, cmp::Reverse, collections::BinaryHeap, rc::Rc};

use tokio::time::sleep_until;

use crate::{
    client::Client,
    clock::{instant, now},
    room::{Room, Sent, Shared},
};

/// One who writes.
pub(crate) struct Writer {
    pub(crate) client: Rc<Client>,
    pub(crate) room: Rc<RefCell<Room>>,
    /// Its place among the room's authors.
    pub(crate) author: usize,
    /// Makes the next message.
    pub(crate) next: Box<dyn FnMut() -> (Vec<u8>, Sent)>,
}

/// Lets everybody write every `interval` nanoseconds from `start` to `end`. Their turns are spread over the interval.
pub(crate) async fn write(writers: &mut [Writer], interval: u64, start: u64, end: u64, tally: &Shared) {
    let count = writers.len().max(1) as u64;
    let mut turns: BinaryHeap<Reverse<(u64, usize)>> =
        (0..writers.len()).map(|place| Reverse((start + interval * place as u64 / count, place))).collect();
    while let Some(Reverse((due, place))) = turns.pop() {
        if due >= end {
            continue;
        }
        if due > now() {
            sleep_until(instant(due)).await;
        }
        let writer = &mut writers[place];
        let (message, what) = (writer.next)();
        let at = now();
        writer.room.borrow_mut().authors[writer.author].sends(what, at);
        writer.client.line.send(&message);
        tally.borrow_mut().lag.add(at.saturating_sub(due));
        turns.push(Reverse((due + interval, place)));
    }
}
