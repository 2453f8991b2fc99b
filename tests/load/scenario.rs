//! What can be measured. Knows no servers.

pub(crate) mod awareness;
pub(crate) mod fan_out;
pub(crate) mod idle;
pub(crate) mod max;
