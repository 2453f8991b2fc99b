// All commands, in the order in which menus list them. Knows none of them by itself.

import { arrangeCommands } from "./arrange.ts";
import { connectCommands } from "./connect.ts";
import { createCommands } from "./create.ts";
import { editCommands } from "./edit.ts";
import { facilitateCommands } from "./facilitate.ts";
import { historyCommands } from "./history.ts";
import { createRegistry } from "./registry.ts";
import { viewCommands } from "./view.ts";

/** The one registry: toolbar, menus, keyboard, canvas and outline all run these. */
export const commands = createRegistry([
  ...createCommands,
  ...editCommands,
  ...arrangeCommands,
  ...connectCommands,
  ...historyCommands,
  ...viewCommands,
  ...facilitateCommands,
]);
