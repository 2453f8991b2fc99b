//! One live board: an actor that owns the document, presence, facilitation and peers. Knows no axum and no SQL.
