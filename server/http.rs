//! Routes, sockets, embedded web assets, metrics: the only place with axum. Knows no SQL.
