//! The parts of a workshop under load: the series, its people, whoever watches it. Knows no figures.

pub(crate) mod attendee;
pub(crate) mod held;
pub(crate) mod watcher;
