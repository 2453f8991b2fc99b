// The parts of the board's page that most people do not open, fetched when somebody does. Knows no contents.

import { loadAskHelp, loadPeople } from "../../session/load.ts";
import { loadHelp } from "../../ui/help.svelte.ts";
import { once, onScreen, whenIdle } from "../../ui/once.ts";
import { part } from "../../ui/part.ts";

export const loadPalette = part(async () => (await import("./Palette.svelte")).default);
export const loadSearch = part(async () => (await import("./SearchPanel.svelte")).default);
export const loadAsk = part(async () => (await import("./AskDialog.svelte")).default);
export const loadChallenge = part(async () => (await import("./ChallengeDialog.svelte")).default);
export const loadDetails = part(async () => (await import("../../session/DetailsDialog.svelte")).default);
/** Fetched when a board is closed to somebody, by a server that is there. */
export const loadMovedTo = part(async () => (await import("./MovedTo.svelte")).default);
export const loadShare = part(async () => (await import("../../session/ShareDialog.svelte")).default);
export const loadTray = part(async () => (await import("../../session/RefusedTray.svelte")).default);
export const loadExport = part(async () => (await import("../takeHome/ExportDialog.svelte")).default);
export const loadSnapshots = part(async () => (await import("../takeHome/SnapshotsDialog.svelte")).default);
export const loadReveal = part(async () => (await import("./Reveal.svelte")).default);
export const loadPanel = part(async () => (await import("./Panel.svelte")).default);
export const loadLine = part(async () => (await import("../script/Line.svelte")).default);
export const loadLead = part(async () => (await import("../script/LeadPanel.svelte")).default);
export const loadVotes = part(async () => await import("./votes/parts.ts"));
export const loadOutline = part(async () => (await import("../../outline/Outline.svelte")).default);

/** The words of these two come with the first ones. */
export const loadEmptyHint = once(async () => {
  await onScreen();
  return (await import("./EmptyHint.svelte")).default;
});
export const loadNumbers = once(async () => {
  await onScreen();
  return (await import("../../outline/Numbers.svelte")).default;
});

/** What works without a connection must be here before the connection goes. */
export function fetchForOffline(): void {
  whenIdle([loadPanel, loadOutline, loadAsk, loadPalette, loadSearch, loadTray, loadChallenge, loadLine]);
  whenIdle([loadHelp, loadPeople, loadAskHelp, () => import("../../commands/paste.ts")]);
}
