// The parts of the board's page that most people do not open, fetched when somebody does. Knows no contents.

import { once, whenIdle } from "../../ui/once.ts";

export const loadPalette = once(async () => (await import("./Palette.svelte")).default);
export const loadSearch = once(async () => (await import("./SearchPanel.svelte")).default);
export const loadAsk = once(async () => (await import("./AskDialog.svelte")).default);
export const loadChallenge = once(async () => (await import("./ChallengeDialog.svelte")).default);
export const loadShare = once(async () => (await import("../../session/ShareDialog.svelte")).default);
export const loadTray = once(async () => (await import("../../session/RefusedTray.svelte")).default);
export const loadExport = once(async () => (await import("../takeHome/ExportDialog.svelte")).default);
export const loadSnapshots = once(async () => (await import("../takeHome/SnapshotsDialog.svelte")).default);
export const loadPanel = once(async () => (await import("./Panel.svelte")).default);
export const loadOutline = once(async () => (await import("../../outline/Outline.svelte")).default);

/** What works without a connection must be here before the connection goes. */
export function fetchForOffline(): void {
  whenIdle([loadPanel, loadOutline, loadAsk, loadPalette, loadSearch, loadTray, loadChallenge]);
}
