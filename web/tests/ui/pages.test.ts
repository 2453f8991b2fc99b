// Small pieces of the pages: addresses, initials, the first look at a file.

import { expect, it } from "vitest";
import { readBoardFile } from "../../src/pages/import.ts";
import { initials } from "../../src/session/initials.ts";
import { routeOf } from "../../src/ui/router.svelte.ts";

it("reads addresses", () => {
  expect(routeOf("/", "")).toEqual({ page: "home" });
  expect(routeOf("/", "#join=abcdefgh_-1")).toEqual({ page: "join", secret: "abcdefgh_-1" });
  expect(routeOf("/", "#join=<script>")).toEqual({ page: "home" });
  expect(routeOf("/board/b_01JAB", "")).toEqual({ page: "board", board: "b_01JAB" });
  expect(routeOf("/board/b_01JAB/snapshot/sn_1/", "#object=n_1")).toEqual({
    page: "snapshot",
    board: "b_01JAB",
    snapshot: "sn_1",
  });
  expect(routeOf("/board/b_1/compare/sn_1", "")).toEqual({ page: "compare", board: "b_1", snapshot: "sn_1" });
  expect(routeOf("/series/ws_1", "")).toEqual({ page: "series", series: "ws_1" });
  expect(routeOf("/series/ws_1/control", "")).toEqual({ page: "control", series: "ws_1" });
  expect(routeOf("/series/ws_1/other", "")).toEqual({ page: "missing" });
  expect(routeOf("/series/", "")).toEqual({ page: "missing" });
  expect(routeOf("/board/b_1/other/sn_1", "")).toEqual({ page: "missing" });
  expect(routeOf("/board/../x", "")).toEqual({ page: "missing" });
  expect(routeOf("/accessibility", "")).toEqual({ page: "statement" });
});

it("makes initials", () => {
  expect(initials("Aino Virtanen")).toBe("AV");
  expect(initials("  björn ")).toBe("B");
  expect(initials("Anna-Liisa")).toBe("AL");
  expect(initials("")).toBe("");
});

it("tells an obvious wrong file", async () => {
  const file = (value: unknown) => new Blob([JSON.stringify(value)]);
  expect(await readBoardFile(file({ format: "jalostamo.board", version: 1 }))).toEqual({ ok: true });
  expect(await readBoardFile(file({ format: "jalostamo.board", version: 2 }))).toEqual({
    ok: false,
    why: "import.version",
  });
  expect(await readBoardFile(file({ format: "excalidraw" }))).toEqual({ ok: false, why: "import.notBoard" });
  expect(await readBoardFile(file({}))).toEqual({ ok: false, why: "import.notBoard" });
  expect(await readBoardFile(new Blob(["<svg>"]))).toEqual({ ok: false, why: "import.notJson" });
  expect(await readBoardFile(new Blob(["[]"]))).toEqual({ ok: false, why: "import.notBoard" });
});
