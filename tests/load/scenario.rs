//! What can be measured. Knows no servers.

pub(crate) mod awareness;
pub(crate) mod durable;
pub(crate) mod fan_out;
pub(crate) mod garbage;
pub(crate) mod idle;
pub(crate) mod join;
pub(crate) mod max;
pub(crate) mod slow;
pub(crate) mod storm;
pub(crate) mod workshop;
