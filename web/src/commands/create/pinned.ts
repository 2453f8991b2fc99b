// New things that are pinned where they belong: to the selected step, or to the selected arrow. Knows no pointer.

import { corner, middle, plus, whole } from "../../model/rects.ts";
import { defaultSize, isContainer, isFlow, REACH } from "../../model/schema.ts";
import type { Item, ItemKind, Link, Point, Snapshot } from "../../model/types.ts";
import type { PinnedArgs } from "../arguments.ts";
import { containerFor } from "../containers.ts";
import { orderAtEnd } from "../ordering.ts";
import { all, freeOffset, freePlace, nameOf, no } from "../support.ts";
import type { Context, Permission } from "../types.ts";
import { fieldsOf, finish, mayCreate, placeFor, tellMade } from "./common.ts";

type Carrier = { readonly item: Item } | { readonly arrow: Link };

export function pinned(kind: ItemKind) {
  return (context: Context, args: PinnedArgs = {}) => {
    const { snapshot, board, view } = context;
    const carrier = carrierFor(context, args);
    const name = nameOf({ text: args.text ?? "" });
    let id = "";
    board.write((writer) => {
      if (carrier === undefined) {
        id = writer.addItem(kind, fieldsOf(placeFor(context, kind, args), args), args.text);
      } else if ("arrow" in carrier) {
        const beside = besideArrow(snapshot, carrier.arrow);
        const parent = containerFor(snapshot, beside, kind)?.id ?? null;
        const place = { parent, at: freePlace(snapshot, beside, parent), order: orderAtEnd(snapshot, parent) };
        id = writer.addItem(kind, fieldsOf(place, args), args.text);
        writer.addLink("pin", id, carrier.arrow.id);
      } else {
        const rect = snapshot.rect(carrier.item.id);
        const offset = freeOffset(snapshot, carrier.item, defaultSize(kind));
        const at = whole(plus(rect === undefined ? [0, 0] : corner(rect), offset), REACH);
        id = writer.addItem(kind, fieldsOf({ parent: null, at, order: orderAtEnd(snapshot, null) }, args), args.text);
        writer.addLink("pin", id, carrier.item.id, { offset });
      }
    });
    finish(context, id, args);
    if (carrier === undefined) tellMade(context, id, kind, args);
    else if ("arrow" in carrier) {
      const [from, to] = [snapshot.items.get(carrier.arrow.from), snapshot.items.get(carrier.arrow.to)];
      view.announce("said.created.kindOnArrow", { kind, name, from: nameOf(from), to: nameOf(to) });
    } else view.announce("said.created.kindOn", { kind, name, on: nameOf(carrier.item) });
  };
}

/** A little below the middle between an arrow's ends, so that the arrow is seen. */
export function besideArrow(snapshot: Snapshot, arrow: Link): Point {
  const [from, to] = [snapshot.rect(arrow.from), snapshot.rect(arrow.to)];
  if (from === undefined || to === undefined) return [0, 0];
  const [a, b] = [middle(from), middle(to)];
  return whole([(a[0] + b[0]) / 2 + 16, (a[1] + b[1]) / 2 + 32], REACH);
}

/** What an item can be pinned to, told by its id: anything but a container, or an arrow. */
export function carrierOf(snapshot: Snapshot, id: string): Carrier | undefined {
  const item = snapshot.items.get(id);
  if (item !== undefined) return isContainer(item.kind) ? undefined : { item };
  const arrow = snapshot.links.get(id);
  return arrow === undefined || !isFlow(arrow.kind) ? undefined : { arrow };
}

/** As told, else the selected step or arrow. */
function carrierFor({ snapshot, focus }: Context, { on, at, parent }: PinnedArgs): Carrier | undefined {
  if (on !== undefined) return on === null ? undefined : carrierOf(snapshot, on);
  if (at !== undefined || parent !== undefined) return undefined;
  const found = focus.selection.flatMap((id) => carrierOf(snapshot, id) ?? []);
  return found.find((carrier) => "arrow" in carrier || carrier.item.kind === "step");
}

export function mayPin(kind: ItemKind) {
  return (context: Context, args: PinnedArgs = {}): Permission => {
    const carrier = carrierFor(context, args);
    if (typeof args.on === "string" && carrier === undefined) return no("notHere");
    if (carrier === undefined) return mayCreate(kind)(context, args);
    const id = "arrow" in carrier ? carrier.arrow.id : carrier.item.id;
    return all(mayCreate(kind, 2)(context, args), context.permissions.may("connect", id));
  };
}
