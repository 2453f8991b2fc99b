// Boards for tests: one, or several that exchange updates. Knows no tests.

import * as Y from "yjs";
import type { BoardModel } from "../../src/model/board.ts";
import { createBoardModel } from "../../src/model/model.ts";

export const AINO = "p_01JAAAAAAAAAAAAAAAAAAAAAAA";
export const BORIS = "p_01JBBBBBBBBBBBBBBBBBBBBBBB";

export function board(person = AINO): BoardModel {
  return createBoardModel(new Y.Doc(), person);
}

/** Gives each what the other has. */
export function sync(a: BoardModel, b: BoardModel): void {
  const [forB, forA] = [
    Y.encodeStateAsUpdate(a.doc, Y.encodeStateVector(b.doc)),
    Y.encodeStateAsUpdate(b.doc, Y.encodeStateVector(a.doc)),
  ];
  Y.applyUpdate(b.doc, forB, "remote");
  Y.applyUpdate(a.doc, forA, "remote");
}

/** The board read anew from its bytes. */
export function reread(model: BoardModel): BoardModel {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(model.doc));
  return createBoardModel(doc, model.person);
}

/** All that views can see of a snapshot, as plain values. */
export function seen({ snapshot }: Pick<BoardModel, "snapshot">) {
  const ids = [...snapshot.items.keys()].toSorted();
  return {
    title: snapshot.title,
    items: ids.map((id) => snapshot.items.get(id)),
    links: [...snapshot.links.keys()].toSorted().map((id) => snapshot.links.get(id)),
    rects: ids.map((id) => snapshot.rect(id)),
    children: [null, ...ids].map((id) => snapshot.children(id).map((item) => item.id)),
    pins: ids.map((id) => [
      snapshot.pinOf(id)?.id,
      snapshot.tetherOf(id)?.id,
      snapshot.relationsOf(id).map((link) => link.id),
    ]),
    pinned: [...ids, ...snapshot.links.keys()].toSorted().map((id) => snapshot.pinsOn(id).map((item) => item.id)),
    arrows: ids.map((id) => {
      const { into, out } = snapshot.arrowsOf(id);
      return [into.map((link) => link.id), out.map((link) => link.id)];
    }),
  };
}
