//! What can be measured. Knows no servers.

pub(crate) mod fan_out;
