// English: what facilitators do about silent writing, and what came late.

export const reveal = {
  "private.title": "Silent writing",
  "private.silence": "The team writes in silence. Nobody sees what the others write yet.",
  "private.left": "What was written in silence has not been revealed yet.",
  "private.late": "Something came after the reveal.",
  "private.written": "{n|One has written|{n} have written}",
  "private.reveal": "Reveal",
  "private.revealLate": "Reveal what came late",
  "private.countOn": "Show how many have written",
  "private.countOff": "Hide the count",
  "private.discard": "Throw all away",
  "private.discardName": "Throw all away that was written in silence",
  "private.sure": "Throw away what everybody wrote? It cannot be brought back.",
  "private.add": "Add to the board",
  "private.send": "Send to be revealed",
  "private.lead": "These came too late for the reveal. You can add them or discard them.",
  "private.revealed": "Everybody sees now what was written in silence.",
  "private.revealedNothing": "Nothing had been written in silence.",
  "private.show": "Show",
} as const;
