//! Bugs that can be put into the simulated surroundings on purpose: the simulation must find each. Knows not where.

/// One thing that goes wrong silently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bug {
    /// The store says "durable" before it has kept anything.
    AcknowledgesEarly,
    /// The store says "durable" while its disk is full.
    AcknowledgesNothing,
    /// A crash takes the journal's last entry with it.
    LosesTheTail,
    /// A checkpoint is kept under a higher number than it holds.
    CheckpointTooHigh,
    /// Two frames of one connection arrive in the other order.
    SwapsFrames,
    /// A frame to a tab does not arrive.
    DropsDown,
    /// A frame to the server does not arrive.
    DropsUp,
    /// An observer is let in as a participant.
    WrongRole,
    /// A broken line's seat is never given back.
    KeepsSeats,
    /// A delay is decided by more than the seed.
    NotDecided,
}

impl Bug {
    pub(crate) const ALL: [Bug; 10] = [
        Bug::AcknowledgesEarly,
        Bug::AcknowledgesNothing,
        Bug::LosesTheTail,
        Bug::CheckpointTooHigh,
        Bug::SwapsFrames,
        Bug::DropsDown,
        Bug::DropsUp,
        Bug::WrongRole,
        Bug::KeepsSeats,
        Bug::NotDecided,
    ];
}
