// The two places of votes on the board's page, fetched together. Knows no contents.

export { default as VoteLine } from "./VoteLine.svelte";
export { default as VotesPanel } from "./VotesPanel.svelte";
