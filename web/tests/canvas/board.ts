// A board for the surface's tests: a real model, filled by hand. Knows no tests.

import * as Y from "yjs";
import { createBoardModel } from "../../src/model/model.ts";
import type { BoardModel } from "../../src/model/board.ts";
import type { ItemKind, ObjectId, Point, Size } from "../../src/model/types.ts";

export const PERSON = "p_01JAAAAAAAAAAAAAAAAAAAAAAA";

export function emptyBoard(): BoardModel {
  return createBoardModel(new Y.Doc(), PERSON);
}

export function add(board: BoardModel, kind: ItemKind, at: Point, size: Size, text = "", parent?: ObjectId): ObjectId {
  let id = "";
  board.write((writer) => {
    id = writer.addItem(kind, { at, size, ...(parent === undefined ? {} : { parent }) }, text);
  });
  return id;
}
