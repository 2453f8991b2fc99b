// Every word that commands use: their ids, what they say when done, why they cannot run. Knows no language: `i18n` does.

/** Ids of all commands. The label of each is `command.<id>` in `i18n`. */
export const COMMAND_IDS = [
  "note.create",
  "note.enter",
  "lane.create",
  "step.create",
  "obstacle.create",
  "cooperation.create",
  "nextStep.create",
  "frame.create",
  "group.create",
  "bottleneck.create",
  "painPoint.create",
  "question.create",
  "idea.create",
  "insight.create",
  "evidence.create",
  "term.create",
  "goal.create",
  "commitment.create",
  "item.edit",
  "item.delete",
  "item.color",
  "item.fields",
  "item.duplicate",
  "goal.renew",
  "item.move",
  "item.resize",
  "item.parent",
  "item.reorder",
  "item.group",
  "item.ungroup",
  "item.forward",
  "item.backward",
  "item.toFront",
  "item.toBack",
  "edit.copy",
  "edit.cut",
  "edit.paste",
  "connect.arrow",
  "connect.pin",
  "connect.relate",
  "connect.remove",
  "link.label",
  "link.kind",
  "link.sides",
  "view.zoomIn",
  "view.zoomOut",
  "view.zoomToFit",
  "view.zoomToSelection",
  "view.pan",
  "select.all",
  "select.none",
  "select.next",
  "select.previous",
  "select.nearest",
  "find.open",
  "palette.open",
  "me.details",
  "share.view",
  "share.object",
  "history.undo",
  "history.redo",
  "object.lock",
  "object.unlock",
  "board.pause",
  "board.resume",
  "board.title",
  "hand.toggle",
  "help.ask",
  "help.end",
  "done.toggle",
  "laser.toggle",
  "gather.here",
  "gather.end",
  "lead.offer",
  "lead.control",
  "lead.end",
  "script.panel",
  "script.instruction",
  "script.tell",
  "workshop.start",
  "workshop.end",
  "part.next",
  "part.start",
  "part.end",
  "part.repeat",
  "part.skip",
  "part.reorder",
  "part.change",
  "part.minutes",
  "part.nextForAll",
  "timer.start",
  "timer.pause",
  "timer.resume",
  "timer.more",
  "timer.more5",
  "timer.less",
  "timer.less5",
  "timer.stop",
  "message.say",
  "message.clear",
  "vote.panel",
  "vote.give",
  "vote.take",
  "drafts.reveal",
  "drafts.revealLate",
  "drafts.discard",
  "drafts.count",
  "drafts.show",
] as const;

export type CommandId = (typeof COMMAND_IDS)[number];

/**
 * What a command says when it is done, with the values of each. `name`, `on`, `from`, `to` and `lane` are the
 * beginning of an object's text (empty for an object without text); `color` and `kind` are tokens of the schema.
 */
export interface SaidValues {
  "said.created.note": { name: string };
  "said.created.lane": { name: string };
  "said.created.step": { name: string };
  /** A step at `place` of `count` in its lane. */
  "said.created.stepInLane": { name: string; lane: string; place: number; count: number };
  "said.created.nextStep": { name: string };
  /** Any other kind. */
  "said.created.kind": { kind: string; name: string };
  /** In a container of the kind `into`, called `lane`. */
  "said.created.kindIn": { kind: string; name: string; into: string; lane: string };
  "said.created.kindOn": { kind: string; name: string; on: string };
  /** Pinned to the arrow between these two. */
  "said.created.kindOnArrow": { kind: string; name: string; from: string; to: string };
  "said.editing": { name: string };
  "said.deleted": { name: string };
  "said.deletedMany": { count: number };
  /** A lane was deleted; `count` things that were in it are in *Unplaced*. */
  "said.deletedLane": { name: string; count: number };
  "said.deletedFrame": { name: string; count: number };
  /** A group was deleted; `count` things that were in it stay where they are. */
  "said.deletedGroup": { name: string; count: number };
  "said.colored": { count: number; color: string };
  "said.changed": { name: string };
  "said.duplicated": { count: number };
  /** A shared goal has a new version. */
  "said.renewed": { name: string; version: number };
  "said.moved": { name: string };
  "said.movedMany": { count: number };
  "said.movedTo": { name: string; lane: string };
  "said.movedManyTo": { count: number; lane: string };
  "said.movedToFrame": { name: string; lane: string };
  "said.movedManyToFrame": { count: number; lane: string };
  "said.movedToGroup": { name: string; lane: string };
  "said.movedManyToGroup": { count: number; lane: string };
  "said.movedOut": { name: string };
  "said.movedManyOut": { count: number };
  "said.resized": { name: string };
  "said.reordered": { name: string; place: number; count: number };
  "said.created.frameWith": { name: string; count: number };
  "said.grouped": { count: number };
  "said.ungrouped": { count: number };
  "said.forward": { count: number };
  "said.backward": { count: number };
  "said.toFront": { count: number };
  "said.toBack": { count: number };
  "said.copied": { count: number };
  "said.cut": { count: number };
  /** A long paste has begun. */
  "said.pasting": { count: number };
  "said.pasted": { count: number };
  /** Of a paste `left` objects did not fit on the board. */
  "said.pastedPart": { count: number; left: number };
  "said.pasteStopped": Record<never, never>;
  "said.nothingToPaste": Record<never, never>;
  /** The browser does not let us use the clipboard. */
  "said.clipboardBlocked": Record<never, never>;
  "said.viewShared": Record<never, never>;
  "said.objectShared": { name: string };
  "said.related": { from: string; to: string };
  "said.unrelated": { from: string; to: string };
  "said.connected": { from: string; to: string; kind: string };
  "said.pinned": { name: string; on: string };
  "said.pinnedToArrow": { name: string; from: string; to: string };
  "said.unpinned": { name: string };
  "said.disconnected": { from: string; to: string };
  "said.labelled": { name: string };
  "said.kindChanged": { from: string; to: string; kind: string };
  "said.sidesChanged": { from: string; to: string };
  "said.zoomedIn": Record<never, never>;
  "said.zoomedOut": Record<never, never>;
  "said.zoomedToFit": Record<never, never>;
  "said.zoomedToSelection": { count: number };
  "said.panned": Record<never, never>;
  "said.selected": { name: string };
  "said.selectedMany": { count: number };
  "said.selectedNone": Record<never, never>;
  /** There is nothing further in that direction. */
  "said.nothingThere": Record<never, never>;
  "said.undone": Record<never, never>;
  "said.redone": Record<never, never>;
  "said.locked": { count: number };
  "said.unlocked": { count: number };
  "said.paused": Record<never, never>;
  "said.resumed": Record<never, never>;
  "said.titled": { name: string };
  "said.handRaised": Record<never, never>;
  "said.handLowered": Record<never, never>;
  "said.helpAsked": Record<never, never>;
  "said.helpEnded": Record<never, never>;
  "said.done": Record<never, never>;
  "said.notDone": Record<never, never>;
  "said.laserOn": Record<never, never>;
  "said.laserOff": Record<never, never>;
  "said.gathered": Record<never, never>;
  "said.gatherEnded": Record<never, never>;
  "said.leads": Record<never, never>;
  "said.controls": Record<never, never>;
  "said.leadEnded": Record<never, never>;
  /** A command went to all teams of the workshop. */
  "said.toAll": Record<never, never>;
  "said.revealedHere": { count: number };
  "said.draftsDiscarded": Record<never, never>;
  "said.countShown": Record<never, never>;
  "said.countHidden": Record<never, never>;
}

export type SaidWord = keyof SaidValues;

/** Why something cannot be done now. */
export const REASONS = [
  "role",
  "notYours",
  "locked",
  "readOnly",
  "nothingSelected",
  "notHere",
  /** It needs at least two. */
  "selectMore",
  /** The board holds as many objects as it can. */
  "full",
  /** A snapshot is only looked at. */
  "snapshot",
  /** It is so already. */
  "already",
  /** Another facilitator does. */
  "led",
  /** A list has no such thing. */
  "canvasOnly",
  /** It is written in private. */
  "silent",
  /** The part of the script that runs does not allow it. */
  "part",
  "noWorkshop",
  "noPart",
  "noTimer",
  /** No vote is open in which this person may vote now. */
  "noVote",
  "nothingToUndo",
  "nothingToRedo",
] as const;
export type Reason = (typeof REASONS)[number];
export type WhyWord = `why.${Reason}`;

export type CommandWord = `command.${CommandId}`;

/** All words of commands that `i18n` must have. */
export type CommandsWord = CommandWord | SaidWord | WhyWord;
