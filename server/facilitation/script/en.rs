//! The default agenda's texts in English. Knows no minutes and no rules.

use super::{PARTS, Words};

pub(super) const WORDS: [Words; PARTS] = [
    (
        "Open door",
        "Welcome! Check your name and organisation and try the board: make one note and move it. If something does not \
         work, ask a facilitator for help.",
    ),
    (
        "Opening",
        "Hear what we do today, and why. Ground rules: one speaks at a time, every voice weighs the same, question the \
         matter, not the person.",
    ),
    (
        "Check-in",
        "Add a note to your organisation's lane: your name and a sentence that begins \"my perspective is…\". Try adding, \
         moving and connecting while you are at it.",
    ),
    (
        "Shared goal: your sentence",
        "Write one sentence in silence: what is better for the customer once we have succeeded? Others see yours only when \
         the sentences are revealed.",
    ),
    (
        "Shared goal: together",
        "Read the sentences and write one shared goal from them. Mark for your organisation whether you can commit to it, \
         and rate from 1 to 5 how shared the goal is.",
    ),
    (
        "Process: your steps",
        "Write in silence what is done in your organisation: one step a card, the verb first. Write how the work is really \
         done, not how the instructions have it.",
    ),
    (
        "Process: places and arrows",
        "Move the steps to the lane of whoever does them, in the order in which they happen, and connect them with arrows. \
         Mark decisions, waits and the systems used.",
    ),
    (
        "Process: one customer's story",
        "Walk through the process with one customer from beginning to end. Where do they wait, repeat themselves or get sent \
         elsewhere? Note pain points and questions where they arise.",
    ),
    (
        "Process: repairs",
        "Look at the whole: is a step, an arrow or an actor missing? Repair what three minutes allow; mark the rest as \
         questions.",
    ),
    (
        "Obstacles: what you have seen",
        "Write in silence what blocks, slows down or could go better together. One thing a card: an obstacle, a bottleneck or \
         a place to cooperate.",
    ),
    (
        "Obstacles: group and pin",
        "Merge those that mean the same, and pin each to the step or arrow that it concerns. Choose a type and a severity for \
         every obstacle.",
    ),
    (
        "Obstacles: vote",
        "Give five votes to the obstacles whose removal would help the customer most, at most two to the same. You can change \
         your votes until the vote is closed.",
    ),
    (
        "Break",
        "Leave your chair for a moment. The board stays open and everything is saved even if you close the tab. The timer \
         shows when we go on.",
    ),
    (
        "Gallery walk",
        "Look at the neighbouring team's board. Leave at least one comment: what is familiar, what surprised you, where could \
         you help?",
    ),
    (
        "How might we…?",
        "Turn the most important obstacles into questions that begin \"How might we…?\". A good question holds no solution yet, \
         but it can be answered.",
    ),
    (
        "Ideas: your proposals",
        "Write in silence as many ideas as come to mind, one a card. How would we do this if nothing were there yet? We judge \
         them only later.",
    ),
    (
        "Ideas: round",
        "Everyone tells their ideas in turn, in a sentence each. The others listen and build on them: add a new idea or a \
         comment when something sparks.",
    ),
    (
        "Ideas: group",
        "Group ideas that belong together and give the group a name. Connect each idea to the question that it answers.",
    ),
    (
        "Impact and effort",
        "Judge for every idea how much it helps and how much it takes, and place it in the matrix. Choose at most three that \
         you carry forward.",
    ),
    (
        "Next steps",
        "Write the next step for every choice: what is done, which organisation owns it, what the first action is and by \
         when. Agree who commits to what.",
    ),
    (
        "Read-back",
        "Each team tells in 90 seconds its goal, its most important obstacle and its next steps. Listen for where your own \
         organisation has something to give.",
    ),
    (
        "Feedback",
        "Answer four statements and, if you like, leave a greeting. Answers cannot be traced to you, and the result is shown \
         once at least five have answered.",
    ),
    (
        "Close",
        "Hear what happens next and when we meet. Take your own next step with you, and download the summary if you like. \
         Thank you for today.",
    ),
];
