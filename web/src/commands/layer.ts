// Commands on what lies over what: a step forward or back, to the front, to the back. Know no drawing.

import { overlaps } from "../model/rects.ts";
import { LAYERS } from "../model/schema.ts";
import { byStacking } from "../model/stacking.ts";
import type { Item, ObjectId, Snapshot } from "../model/types.ts";
import type { ArgsOf } from "./arguments.ts";
import { all, command, items, mayAll, no, OK } from "./support.ts";
import type { Context, Permission } from "./types.ts";

type Way = "forward" | "backward" | "toFront" | "toBack";
type Layers = ReadonlyMap<ObjectId, number>;

/** Those that share some of their place with the item and can lie over or under it, from the lowest. */
function pile(snapshot: Snapshot, item: Item): Item[] {
  const rect = snapshot.rect(item.id);
  if (rect === undefined) return [];
  const found: Item[] = [];
  for (const other of snapshot.items.values()) {
    const there = other.id === item.id || !sameSort(item, other) ? undefined : snapshot.rect(other.id);
    if (there !== undefined && overlaps(rect, there)) found.push(other);
  }
  return found.toSorted(byStacking);
}

/** Of two sorts the one is always over the other, whatever their layers. */
function sameSort(a: Item, b: Item): boolean {
  return (
    byStacking({ ...a, layer: 0 }, { ...b, layer: 1 }) < 0 && byStacking({ ...a, layer: 1 }, { ...b, layer: 0 }) > 0
  );
}

/** The layers that change when the item goes that way among its pile; none when it is there already. */
function layersFor(snapshot: Snapshot, item: Item, way: Way): Layers {
  const others = pile(snapshot, item);
  const at = others.findIndex((other) => byStacking(item, other) < 0);
  const below = at < 0 ? others.length : at;
  const up = way === "forward" || way === "toFront";
  if (up ? below === others.length : below === 0) return new Map();
  const to = way === "forward" ? below + 1 : way === "backward" ? below - 1 : up ? others.length : 0;
  const order = others.toSpliced(to, 0, item);
  // Strictly growing from the item on, so that no tie is left to be broken in some other way.
  const layers = new Map<ObjectId, number>();
  const layerOf = (one: Item) => layers.get(one.id) ?? one.layer;
  const [start, step] = up ? [to, 1] : [to, -1];
  for (let index = start; index >= 0 && index < order.length; index += step) {
    const [before, now] = [order[index - step], order[index]];
    if (now === undefined || before === undefined) continue;
    const wanted = layerOf(before) + step;
    const stands = (layerOf(now) - layerOf(before)) * step > 0;
    if (stands && now !== item) break;
    if (!stands || now === item) layers.set(now.id, wanted);
  }
  return layers;
}

/** So many are taken as one: all of them over, or under, everything. */
const MANY = 100;

function asOne(snapshot: Snapshot, chosen: readonly Item[], up: boolean): Layers {
  const layers = [...snapshot.items.values()].map((item) => item.layer);
  const own = chosen.map((item) => item.layer);
  const least = (all: readonly number[]) => all.reduce((a, b) => Math.min(a, b), 0);
  const most = (all: readonly number[]) => all.reduce((a, b) => Math.max(a, b), 0);
  const by = up ? most(layers) + 1 - least(own) : least(layers) - 1 - most(own);
  return new Map(chosen.map((item) => [item.id, Math.max(-LAYERS, Math.min(LAYERS, item.layer + by))]));
}

function changes(context: Context, way: Way, ids?: readonly ObjectId[]): Layers {
  const { snapshot, permissions } = context;
  const chosen = items(context, ids);
  if (chosen.length > MANY) return asOne(snapshot, chosen, way === "forward" || way === "toFront");
  const merged = new Map<ObjectId, number>();
  for (const item of chosen) {
    for (const [id, layer] of layersFor(snapshot, item, way)) {
      const may = id === item.id || permissions.may("move", id).ok;
      if (may && Math.abs(layer) <= LAYERS) merged.set(id, layer);
    }
  }
  return merged;
}

function can(way: Way) {
  return (context: Context, args: ArgsOf<"item.forward"> = {}): Permission => {
    const chosen = items(context, args.ids).map((item) => item.id);
    const permission = mayAll(context, "move", chosen);
    if (!permission.ok) return permission;
    return all(permission, changes(context, way, args.ids).size === 0 ? no("notHere") : OK);
  };
}

function run(way: Way) {
  return (context: Context, args: ArgsOf<"item.forward"> = {}): void => {
    const layers = changes(context, way, args.ids);
    context.board.write((writer) => {
      for (const [id, layer] of layers) writer.set(id, { layer });
    });
    context.view.announce(`said.${way}`, { count: items(context, args.ids).length });
  };
}

const key = (name: string, shift: boolean) => [{ key: name, mod: true, shift, onBoard: true }];

export const layerCommands = [
  command("item.forward", { group: "arrange", keys: key("ArrowUp", false), can: can("forward"), run: run("forward") }),
  command("item.backward", {
    group: "arrange",
    keys: key("ArrowDown", false),
    can: can("backward"),
    run: run("backward"),
  }),
  command("item.toFront", { group: "arrange", keys: key("ArrowUp", true), can: can("toFront"), run: run("toFront") }),
  command("item.toBack", { group: "arrange", keys: key("ArrowDown", true), can: can("toBack"), run: run("toBack") }),
];
