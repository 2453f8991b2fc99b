// Single letters as commands can be switched off, and stay off. Knows no board.
// @vitest-environment happy-dom

import { expect, it, vi } from "vitest";
import { commands } from "../../src/commands/all.ts";

it("remembers the choice on this device", async () => {
  const { letters } = await import("../../src/ui/letters.svelte.ts");
  expect(letters.on).toBe(true);
  letters.choose(false);
  vi.resetModules();
  expect((await import("../../src/ui/letters.svelte.ts")).letters.on).toBe(false);
});

it("switched off, no sign alone is a command, and Ctrl and named keys still are", () => {
  const find = (key: string, ctrlKey = false) =>
    commands.find(
      { key, ctrlKey, metaKey: false, altKey: false, shiftKey: false },
      { where: "board", mac: false, letters: false },
    )?.id;
  for (const { keys } of commands.all) {
    for (const { key, mod } of keys ?? []) if (key.length === 1 && mod !== true) expect(find(key)).toBeUndefined();
  }
  expect(find("z", true)).toBe("history.undo");
  expect(find("Delete")).toBe("item.delete");
});
