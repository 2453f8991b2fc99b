//! What an operator can set: flags and environment. Knows nothing of what it is used for.
