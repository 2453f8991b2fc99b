// What this device holds of an earlier epoch of a board: unsaved edits are for the tray, the old copy goes. Knows no
// sockets and no views.

import * as Y from "yjs";
import { OfflineCopy } from "./offline.ts";
import { openShelf } from "./shelf.ts";
import type { RefusedEdit } from "./types.ts";

export interface Leftover {
  /** The old document, when it has edits that the server never acknowledged. */
  readonly copy: Uint8Array | null;
  /** What lay in the tray. */
  readonly edits: readonly RefusedEdit[];
  /** All of it is kept elsewhere: takes it off this device. */
  done(): Promise<void>;
}

/**
 * Looks for it, by the epoch that this device used last. `board` names the board's own database, `keyOf` begins the names
 * of those of an epoch. Null when there is nothing.
 */
export async function leftover(
  factory: IDBFactory,
  board: string,
  keyOf: (epoch: number) => string,
  epoch: number,
): Promise<Leftover | null> {
  const { shelf: memory, lasting } = await openShelf(board, factory);
  const last = lasting ? await memory.get<number>("epoch") : epoch;
  const remember = async () => {
    await memory.set("epoch", epoch);
    memory.close();
  };
  if (last === undefined || last === epoch) {
    await remember();
    return null;
  }
  const { shelf } = await openShelf(`${keyOf(last)} kept`, factory);
  const edits = (await shelf.get<RefusedEdit[]>("refused")) ?? [];
  const generation = (await shelf.get<number>("generation")) ?? 0;
  const doc = new Y.Doc();
  const copy = new OfflineCopy(`${keyOf(last)} ${generation}`, doc);
  const unsaved = await copy.loaded;
  return {
    copy: unsaved > 0 ? Y.encodeStateAsUpdate(doc) : null,
    edits,
    done: async () => {
      await remember();
      shelf.close();
      factory.deleteDatabase(`${keyOf(last)} kept`);
      await copy.drop(factory);
      doc.destroy();
    },
  };
}
