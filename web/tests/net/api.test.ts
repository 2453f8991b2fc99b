// What the typed interface asks of the server, and what it makes of the answers.

import { expect, it } from "vitest";
import { ApiProblem, createApi } from "../../src/net/api.ts";

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** A server that answers everything with the same and remembers what it was asked. */
function server(answer: () => Response = () => Response.json({})) {
  const asked: Asked[] = [];
  const api = createApi("https://board.example", (url, init) => {
    const body = typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : init?.body;
    asked.push({ method: init?.method ?? "GET", path: url.replace("https://board.example", ""), body });
    return Promise.resolve(answer());
  });
  return { api, asked };
}

const BOARD = "b_1";
const NAMES = { fi: "Sarja", sv: "", en: "" };

it("asks for series, their organisations, teams and links", async () => {
  const { api, asked } = server();
  const challenge = { title: "Läheisen kuolema", ownerOrg: null };
  await api.series.list();
  await api.series.make({ name: NAMES, starts: null });
  await api.series.makeDemo();
  await api.series.get("ws_1");
  await api.series.change("ws_1", { owners: ["org_1"] });
  await api.series.addOrganisation("ws_1", { name: NAMES, abbreviation: "", sector: "kela" });
  await api.series.changeOrganisation("ws_1", "org_1", { sector: "other" });
  await api.series.removeOrganisation("ws_1", "org_1");
  await api.series.addTeam("ws_1", { name: "Tiimi", challenge });
  await api.series.changeTeam("ws_1", "tm_1", { challenge: { theme: "Elämäntilanne" } });
  await api.series.invites("ws_1").make({ role: "observer", uses: 3 });
  expect(asked).toEqual([
    { method: "GET", path: "/api/series", body: undefined },
    { method: "POST", path: "/api/series", body: { name: NAMES, starts: null } },
    { method: "POST", path: "/api/series/demo", body: {} },
    { method: "GET", path: "/api/series/ws_1", body: undefined },
    { method: "PATCH", path: "/api/series/ws_1", body: { owners: ["org_1"] } },
    { method: "POST", path: "/api/series/ws_1/organisations", body: { name: NAMES, abbreviation: "", sector: "kela" } },
    { method: "PATCH", path: "/api/series/ws_1/organisations/org_1", body: { sector: "other" } },
    { method: "DELETE", path: "/api/series/ws_1/organisations/org_1", body: undefined },
    { method: "POST", path: "/api/series/ws_1/teams", body: { name: "Tiimi", challenge } },
    { method: "PATCH", path: "/api/series/ws_1/teams/tm_1", body: { challenge: { theme: "Elämäntilanne" } } },
    { method: "POST", path: "/api/series/ws_1/invites", body: { role: "observer", uses: 3 } },
  ]);
});

it("asks for links, snapshots and exports of a board", async () => {
  const { api, asked } = server();
  await api.context(BOARD);
  await api.invites(BOARD).revoke("v_1");
  await api.snapshots(BOARD).take("Nykytila");
  await api.snapshots(BOARD).rename("sn_1", "Alku");
  await api.snapshots(BOARD).compare("sn_1");
  await api.snapshots(BOARD).compare("sn_1", "sn_2");
  await api.snapshots(BOARD).copy("sn_1", "Kopio");
  await api.exports(BOARD).start({ format: "nextStepsCsv", decimal: "dot", snapshot: "sn_1" });
  await api.exports(BOARD).drop("j_1");
  await api.exports(BOARD).boardFile();
  await api.exports(BOARD).boardFile("sn_1");
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /api/boards/b_1/context",
    "DELETE /api/boards/b_1/invites/v_1",
    "POST /api/boards/b_1/snapshots",
    "PATCH /api/boards/b_1/snapshots/sn_1",
    "GET /api/boards/b_1/snapshots/sn_1/compare",
    "GET /api/boards/b_1/snapshots/sn_1/compare?with=sn_2",
    "POST /api/boards/b_1/snapshots/sn_1/copy",
    "POST /api/boards/b_1/exports",
    "DELETE /api/boards/b_1/exports/j_1",
    "GET /api/boards/b_1/export.json",
    "GET /api/boards/b_1/export.json?snapshot=sn_1",
  ]);
  expect(asked[7]?.body).toEqual({ format: "nextStepsCsv", decimal: "dot", snapshot: "sn_1" });
  expect(api.exports(BOARD).fileUrl("j_1")).toBe("https://board.example/api/boards/b_1/exports/j_1/file");
});

it("keeps whatever is in an id inside its segment", async () => {
  const { api, asked } = server();
  await api.series.get("../me?x=#y");
  expect(asked[0]?.path).toBe("/api/series/..%2Fme%3Fx%3D%23y");
});

it("gives bytes and text as they are, and nothing for no content", async () => {
  const bytes = new Uint8Array([0, 1, 255]);
  expect(
    await server(() => new Response(bytes))
      .api.snapshots(BOARD)
      .document("sn_1"),
  ).toEqual(bytes);
  expect(
    await server(() => new Response("# Taulu ä"))
      .api.exports(BOARD)
      .fileText("j_1"),
  ).toBe("# Taulu ä");
  expect(
    await server(() => new Response(null, { status: 204 }))
      .api.snapshots(BOARD)
      .remove("sn_1"),
  ).toBeUndefined();
});

it("tells what went wrong by its word", async () => {
  const problem = async (answer: () => Response): Promise<ApiProblem> => {
    const error: unknown = await server(answer)
      .api.series.removeOrganisation("ws_1", "org_1")
      .catch((each: unknown) => each);
    if (error instanceof ApiProblem) return error;
    throw new Error("no problem");
  };
  const inUse = await problem(() => Response.json({ code: "inUse", detail: "a challenge" }, { status: 409 }));
  expect([inUse.code, inUse.status, inUse.detail]).toEqual(["inUse", 409, "a challenge"]);
  expect((await problem(() => new Response("<html>", { status: 502 }))).code).toBe("unknown");
  expect((await problem(() => new Response("not json"))).code).toBe("unreadable");
  const lost = createApi("", () => Promise.reject(new TypeError("network")));
  await expect(lost.me()).rejects.toMatchObject({ code: "offline", status: 0 });
});
