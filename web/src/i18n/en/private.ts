// English: writing in silence, as the board shows it.

export const silence = {
  "private.mine": "Only you",
  "private.name": "only you see this",
  "private.write": "Only you see what you write until the facilitator reveals it.",
  "private.anonymous": "Your name is not shown.",
  "private.waits": "What you wrote is still only yours. The facilitator reveals it later.",
  "command.drafts.reveal": "Reveal what was written in silence",
  "command.drafts.revealLate": "Reveal what came late",
  "command.drafts.discard": "Throw away what was written in silence",
  "command.drafts.count": "Show everybody how many have written",
  "command.drafts.show": "Show what was revealed",
  "said.revealedHere": "{count|One text|{count} texts} shown that were written in silence.",
  "said.draftsDiscarded": "What was written in silence was thrown away.",
  "said.countShown": "Everybody sees now how many have written.",
  "said.countHidden": "The count is hidden.",
  "why.silent": "This can be done once the text has been revealed.",
  "refused.late": "The texts were revealed before this one arrived.",
  "refused.lateAnonymous":
    "The texts were revealed before this one arrived. You can send it to be revealed later, still without your name.",
} as const;
