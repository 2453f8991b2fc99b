// All commands, in the order in which menus list them. Knows none of them by itself.

import { arrangeCommands } from "./arrange.ts";
import { attentionCommands } from "./attention.ts";
import { clipboardCommands } from "./clipboard.ts";
import { connectCommands } from "./connect.ts";
import { createCommands } from "./create/all.ts";
import { draftCommands } from "./drafts.ts";
import { duplicateCommands } from "./duplicate.ts";
import { editCommands } from "./edit.ts";
import { facilitateCommands } from "./facilitate.ts";
import { goalCommands } from "./goal.ts";
import { groupCommands } from "./group.ts";
import { historyCommands } from "./history.ts";
import { layerCommands } from "./layer.ts";
import { pinCommands } from "./pin.ts";
import { placeCommands } from "./place.ts";
import { createRegistry } from "./registry.ts";
import { removeCommands } from "./remove.ts";
import { scriptCommands } from "./script.ts";
import { shareCommands } from "./share.ts";
import { viewCommands } from "./view.ts";
import { voteCommands } from "./vote.ts";

/** The one registry: toolbar, menus, keyboard, canvas and outline all run these. */
export const commands = createRegistry([
  ...createCommands,
  ...editCommands,
  ...clipboardCommands,
  ...duplicateCommands,
  ...goalCommands,
  ...removeCommands,
  ...arrangeCommands,
  ...placeCommands,
  ...groupCommands,
  ...layerCommands,
  ...connectCommands,
  ...pinCommands,
  ...historyCommands,
  ...viewCommands,
  ...shareCommands,
  ...attentionCommands,
  ...facilitateCommands,
  ...draftCommands,
  ...scriptCommands,
  ...voteCommands,
]);
