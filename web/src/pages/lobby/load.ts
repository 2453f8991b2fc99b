// Fetches the lobby, and what knows whether there is one to wait in. Knows no contents.

import { once } from "../../ui/once.ts";
import { part } from "../../ui/part.ts";

export const loadLobby = part(async () => (await import("./Lobby.svelte")).default);
export const loadWaiting = once(async () => (await import("./waiting.ts")).lobbyOf);
