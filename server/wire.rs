//! The two framings, Hocuspocus and y-websocket, and the named close codes. Knows no rooms and no stores.
