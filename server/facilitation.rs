//! Facilitation as a pure state machine: `decide` turns a command into events, `apply` folds events.
//! Knows no tokio, no I/O and no documents.
//!
//! Events are what the journal keeps, so their JSON is a stored format: a variant or field is added, never
//! changed. Commands for all boards of a workshop are kept too (`call`), and so is their JSON.

mod agenda;
mod any;
mod attention;
mod ballot;
mod call;
mod command;
mod decide;
mod event;
mod grace;
mod part;
mod round;
mod run;
pub mod script;
mod state;
mod texts;
mod timer;
mod view;
mod writing;

pub use agenda::{Agenda, PartWithTime};
pub use attention::{Attention, Gather, Help, Lead, Place};
pub use ballot::{Ballot, Cast, Mark, Stance, Voter};
pub use call::{Call, Calls};
pub use command::{Command, No, Plan};
pub use decide::decide;
pub use event::{Deed, Event};
pub use grace::Grace;
pub use part::{May, Naming, Part, Vote, Writing};
pub use round::{Asking, Barred, Count, Outcome, Round, Rounds, Scope, Tally};
pub use run::{Current, Run};
pub use state::{LOCKS, Message, State, apply};
pub use texts::Texts;
pub use timer::Timer;
pub use view::View;
pub use writing::SilentRound;
