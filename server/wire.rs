//! The two framings, Hocuspocus and y-websocket, and the named close codes. Knows no rooms and no stores.
//!
//! Reading is total and bounded: any bytes give a message or a [`Bad`], without recursion and without an
//! allocation that is larger than the frame. Both framings carry the same messages; a Hocuspocus frame is a
//! y-websocket frame behind a document name, so a message is encoded once and only its head differs.

pub mod awareness;
pub mod close;
pub mod hocuspocus;
pub mod lib0;
pub mod message;
pub mod name;
pub mod ywebsocket;

pub use close::CloseCode;
pub use message::{Head, Incoming};
pub use name::{DocumentName, DraftName};

/// Why a frame is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Bad {
    #[error("the frame is malformed")]
    Malformed,
    #[error("the frame is larger than its kind may be")]
    TooBig,
}

impl Bad {
    /// How the socket that sent it is closed.
    #[must_use]
    pub const fn close(self) -> CloseCode {
        match self {
            Bad::Malformed => CloseCode::Policy,
            Bad::TooBig => CloseCode::TooBig,
        }
    }
}
