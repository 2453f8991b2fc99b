// Fetches the lobby when there is one to wait in. Knows no contents.

import { part } from "../../ui/part.ts";

export const loadLobby = part(async () => (await import("./Lobby.svelte")).default);
