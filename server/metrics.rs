//! What the server counts, for `/metrics`. Knows nothing of who counts; labels never hold ids or names.

use std::sync::atomic::AtomicU64;

use prometheus_client::{
    encoding::text::encode,
    metrics::{
        counter::Counter,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

/// Counters that every part can raise; cheap to share behind an `Arc`.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    pub rooms: Gauge,
    /// Rooms that hold their document, and not only its bytes.
    pub rooms_warm: Gauge,
    pub documents: Gauge,
    pub peers: Gauge,
    pub updates_accepted: Counter<u64, AtomicU64>,
    pub updates_refused: Counter<u64, AtomicU64>,
    /// Updates that were parked until a gap before them was filled.
    pub updates_waited: Counter<u64, AtomicU64>,
    /// Updates that were not kept because the store could not write.
    pub updates_dropped: Counter<u64, AtomicU64>,
    pub quarantined: Counter<u64, AtomicU64>,
    /// From handing a batch to the journal until it is durable.
    pub commit_seconds: Histogram,
    /// Updates in one batch.
    pub batch_updates: Histogram,
    pub frames_in: Counter<u64, AtomicU64>,
    pub bytes_in: Counter<u64, AtomicU64>,
    /// Times a socket was read slower because it, or its person, sent too much.
    pub reads_slowed: Counter<u64, AtomicU64>,
    /// Connections that were closed because of garbage.
    pub garbage: Counter<u64, AtomicU64>,
    pub frames_out: Counter<u64, AtomicU64>,
    pub bytes_out: Counter<u64, AtomicU64>,
    /// Presence messages, one a peer and tick.
    pub presence_frames: Counter<u64, AtomicU64>,
    /// Boards read and painted for control rooms.
    pub thumbnails: Counter<u64, AtomicU64>,
    /// Bytes told to control rooms.
    pub control_bytes: Counter<u64, AtomicU64>,
    /// Queues of slow peers that were replaced by the whole state.
    pub full_states: Counter<u64, AtomicU64>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    #[must_use]
    pub fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("jalostamo"),
            rooms: Gauge::default(),
            rooms_warm: Gauge::default(),
            documents: Gauge::default(),
            peers: Gauge::default(),
            updates_accepted: Counter::default(),
            updates_refused: Counter::default(),
            updates_waited: Counter::default(),
            updates_dropped: Counter::default(),
            quarantined: Counter::default(),
            commit_seconds: Histogram::new(exponential_buckets(0.000_5, 2.0, 14)),
            batch_updates: Histogram::new(exponential_buckets(1.0, 2.0, 11)),
            frames_in: Counter::default(),
            bytes_in: Counter::default(),
            reads_slowed: Counter::default(),
            garbage: Counter::default(),
            frames_out: Counter::default(),
            bytes_out: Counter::default(),
            presence_frames: Counter::default(),
            thumbnails: Counter::default(),
            control_bytes: Counter::default(),
            full_states: Counter::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("rooms_open", "Boards that are open", metrics.rooms.clone());
        registry.register("rooms_warm", "Boards that an edit needs no reading for", metrics.rooms_warm.clone());
        registry.register("documents", "Boards whose document is in memory", metrics.documents.clone());
        registry.register("peers", "Documents open on sockets", metrics.peers.clone());
        registry.register("updates_accepted", "Updates that entered", metrics.updates_accepted.clone());
        registry.register("updates_refused", "Updates that were refused", metrics.updates_refused.clone());
        registry.register("updates_waited", "Updates parked behind a gap", metrics.updates_waited.clone());
        registry.register("updates_dropped", "Updates dropped: no storage", metrics.updates_dropped.clone());
        registry.register("updates_quarantined", "Updates the CRDT failed on", metrics.quarantined.clone());
        registry.register("commit_seconds", "Time until a batch is durable", metrics.commit_seconds.clone());
        registry.register("batch_updates", "Updates in a batch", metrics.batch_updates.clone());
        registry.register("frames_in", "Messages read from sockets", metrics.frames_in.clone());
        registry.register("bytes_in", "Bytes of messages read from sockets", metrics.bytes_in.clone());
        registry.register("reads_slowed", "Times a socket was read slower", metrics.reads_slowed.clone());
        registry.register("garbage", "Connections closed because of garbage", metrics.garbage.clone());
        registry.register("frames_out", "Messages written to sockets", metrics.frames_out.clone());
        registry.register("bytes_out", "Bytes of messages written to sockets", metrics.bytes_out.clone());
        registry.register("presence_frames", "Presence messages written", metrics.presence_frames.clone());
        registry.register("thumbnails", "Boards painted for control rooms", metrics.thumbnails.clone());
        registry.register("control_bytes", "Bytes told to control rooms", metrics.control_bytes.clone());
        registry.register("full_states", "Slow peers given the whole state", metrics.full_states.clone());
        metrics
    }

    /// All of it in the OpenMetrics text format.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut out = String::new();
        match encode(&mut out, &self.registry) {
            Ok(()) => out,
            // Writing into a String does not fail; were it to, half a page would mislead.
            Err(_) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_in_the_text() {
        let metrics = Metrics::new();
        metrics.updates_accepted.inc_by(3);
        metrics.rooms.set(2);
        let text = metrics.encode();
        assert!(text.contains("jalostamo_updates_accepted_total 3"), "{text}");
        assert!(text.contains("jalostamo_rooms_open 2"), "{text}");
        assert!(text.ends_with("# EOF\n"));
    }
}
