//! What the server counts, for `/metrics`. Knows nothing of who counts; labels never hold ids or names.
