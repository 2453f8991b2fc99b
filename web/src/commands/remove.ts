// The command that deletes. What stands in a deleted container, or is pinned to a deleted thing, is never lost. Knows no keys.

import type { Writer } from "../model/board.ts";
import { corner } from "../model/rects.ts";
import { isContainer } from "../model/schema.ts";
import type { ObjectId } from "../model/types.ts";
import type { ArgsOf } from "./arguments.ts";
import { release } from "./group.ts";
import { command, items, links, mayAll, measuredFrom, nameOf, neighbourOf } from "./support.ts";
import type { Context, Permission } from "./types.ts";

const DELETED = { lane: "said.deletedLane", frame: "said.deletedFrame", group: "said.deletedGroup" } as const;

export function canDelete(context: Context, args: ArgsOf<"item.delete"> = {}): Permission {
  const ids = [...items(context, args.ids), ...links(context, args.ids)].map((object) => object.id);
  return mayAll(context, "delete", ids);
}

export function remove(context: Context, args: ArgsOf<"item.delete"> = {}): void {
  const { snapshot, board, view } = context;
  const [gone, cut] = [items(context, args.ids), links(context, args.ids)];
  const next = neighbourOf(snapshot, gone);
  const away = new Set(gone.map((item) => item.id));
  board.write((writer) => {
    for (const item of gone) {
      keepPinned(context, writer, item.id, away);
      if (item.kind === "group") release(context, writer, item, away);
    }
    for (const { id } of [...gone, ...cut]) writer.remove(id);
  });
  view.select(next === undefined ? [] : [next]);
  const [first] = gone;
  if (gone.length + cut.length > 1) view.announce("said.deletedMany", { count: gone.length + cut.length });
  else if (first !== undefined && isContainer(first.kind)) {
    view.announce(DELETED[first.kind], { name: nameOf(first), count: snapshot.children(first.id).length });
  } else view.announce("said.deleted", { name: nameOf(first ?? cut[0]) });
}

/** What was pinned to a deleted thing stays where it was drawn. */
function keepPinned(
  { snapshot, permissions }: Context,
  writer: Writer,
  carrier: ObjectId,
  away: ReadonlySet<ObjectId>,
): void {
  for (const pinned of snapshot.pinsOn(carrier)) {
    const rect = snapshot.rect(pinned.id);
    if (rect === undefined || away.has(pinned.id) || !permissions.may("move", pinned.id).ok) continue;
    writer.set(pinned.id, { at: measuredFrom(snapshot, pinned.parent, corner(rect)) });
  }
}

export const removeCommands = [
  command("item.delete", {
    group: "edit",
    keys: [
      { key: "Delete", onBoard: true },
      { key: "Backspace", onBoard: true },
    ],
    can: canDelete,
    run: remove,
  }),
];
