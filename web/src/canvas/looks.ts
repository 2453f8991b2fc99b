// How an item is painted on the canvas layer: its outline, ground, edge and the colour of its words. Knows no drawing.

import type { Item } from "../model/types.ts";
import { shapeOf, type Shape } from "./shapes.ts";
import { tintOf } from "./tint.ts";
import type { Tokens } from "./tokens.ts";

export interface Look {
  readonly shape: Shape;
  readonly fill: string;
  readonly edge: string | undefined;
  readonly thick: number;
  readonly ink: string;
}

export function lookOf(item: Item, tokens: Tokens): Look {
  const tint = tintOf(item);
  const look = ownLook(item, tokens);
  return tint === undefined ? look : { ...look, fill: tokens.note[tint], ink: tokens.ink };
}

function ownLook(item: Item, tokens: Tokens): Look {
  const shape = shapeOf(item);
  const { ink } = tokens;
  switch (item.kind) {
    case "note":
    case "lane":
      return { shape, fill: tokens.note[item.color], edge: undefined, thick: 0, ink };
    case "frame":
      return { shape, fill: tokens.frame, edge: tokens.line, thick: 1, ink };
    case "group":
      return { shape, fill: tokens.group, edge: tokens.line, thick: 1, ink };
    case "step":
      return stepLook(item, shape, tokens);
    case "goal":
      return {
        shape,
        fill: tokens.kind.goal.fill,
        edge: tokens.kind.goal.fill,
        thick: 1.5,
        ink: tokens.kind.goal.mark,
      };
    default:
      return { shape, fill: tokens.kind[item.kind].fill, edge: tokens.kind[item.kind].mark, thick: 1.5, ink };
  }
}

function stepLook(item: Item, shape: Shape, tokens: Tokens): Look {
  const kind = item.fields["stepKind"];
  const { ink } = tokens;
  if (kind === "start") return { shape, fill: tokens.okSoft, edge: tokens.ok, thick: 1.75, ink };
  if (kind === "decision") return { shape, fill: tokens.warnSoft, edge: tokens.arrow, thick: 2, ink };
  return { shape, fill: tokens.kind.step.fill, edge: tokens.arrow, thick: kind === "end" ? 4 : 1.75, ink };
}

/** Whether an item is a card: a stripe at its beginning, and a picture above its words. */
export function isCard(shape: Shape): boolean {
  return shape === "card" || shape === "spot" || shape === "pain";
}
