// English: the accessibility statement.

export const statement = {
  "statement.lead":
    "Jalostamo is made so that you can work on the board with a mouse, touch, a keyboard or a screen reader.",
  "statement.goal": "Goal",
  "statement.goalText": "Our goal is WCAG 2.2 at levels A and AA, and the standard EN 301 549.",
  "statement.works": "How it works",
  "statement.works1":
    "The outline view shows the whole board as headings, lists and tables. You can do the same things there as on the board.",
  "statement.works2":
    "Everything you can drag can also be done from a menu: move, connect, pin, and scroll the view with buttons.",
  "statement.works3": "F1 shows the keyboard shortcuts. F6 goes from one region to the next.",
  "statement.works4":
    "Colour is never the only way to tell something. The dark appearance and the contrast colours of your system work.",
  "statement.lacks": "What we have not shown yet",
  "statement.lacks1": "The service has not yet been assessed by an outside expert, nor tested with all screen readers.",
  "statement.lacks2":
    "The accessibility of the exported SVG picture has not been checked. Use the outline view instead.",
  "statement.feedback": "Feedback",
  "statement.feedbackText":
    "Tell the facilitator of the workshop or the administrator of the server about shortcomings. If you get no help, you can contact the authority that supervises accessibility.",
} as const;
