// An open board keeps its promises: saved means durable, nothing typed is lost, idle stays connected. Knows no views.

import * as fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { openBoard, type BoardConnection } from "../../src/net/connection.ts";
import { decodeEntries, encodeEntry } from "../../src/net/presence.ts";
import { boardId, FakeServer, ME, stored } from "./fake.ts";

const open: BoardConnection[] = [];
afterEach(() => {
  for (const connection of open.splice(0)) connection.close();
});

async function start(server = new FakeServer(), board = boardId(), epoch = 1) {
  server.name = `board.${board}.${epoch}`;
  const connection = openBoard({ board, epoch, person: ME, url: "http://localhost", around: server.around });
  open.push(connection);
  // The shelf and the copy are read in real time, the second that the copy has in the clock's.
  await vi.waitFor(() => expect(server.sockets.length).toBeGreaterThan(0));
  server.clock.advance(5);
  return { server, board, connection };
}

const note = (connection: BoardConnection, text: string): string => {
  let id = "";
  connection.model.value.write((writer) => {
    id = writer.addItem("note", { at: [0, 0] }, text);
  });
  return id;
};
/** How the browser's databases of a board begin. */
const keyOf = (board: string) => `jalostamo http://localhost board.${board}.1 ${ME}`;
const texts = (doc: Y.Doc) =>
  [...doc.getMap("items").values()].map((item) => String((item as Y.Map<unknown>).get("text"))).toSorted();

describe("state line", () => {
  it("a change too big for one message is saved when its last part is", async () => {
    const { server, connection } = await start();
    server.eager = false;
    const before = server.socket.received.length;
    connection.model.value.write((writer) => {
      for (let i = 0; i < 2_000; i++) writer.addItem("note", { at: [i, 0] }, `note ${i}`);
    });
    server.clock.advance(50);
    const parts = server.socket.received.slice(before);
    expect(parts.length).toBeGreaterThan(1);
    for (const { update } of parts) expect(update.length).toBeLessThan(500_000);
    server.acknowledge(server.socket, before + 1);
    expect(connection.state.value.kind).toBe("saving");
    server.acknowledge();
    expect(connection.state.value).toEqual({ kind: "saved" });
    expect(server.doc.getMap("items").size).toBe(2_000);
  }, 30_000);

  it("goes from loading to saved, and back through saving", async () => {
    const { server, connection } = await start();
    expect(connection.state.value).toEqual({ kind: "saved" });
    server.eager = false;
    note(connection, "a");
    expect(connection.state.value).toEqual({ kind: "saving", changes: 1 });
    server.clock.advance(50);
    expect(connection.state.value).toEqual({ kind: "saving", changes: 1 });
    server.acknowledge();
    expect(connection.state.value).toEqual({ kind: "saved" });
    expect(texts(server.doc)).toEqual(["a"]);
  });

  it("never says saved before everything is durable, whatever the network does", async () => {
    const actions = fc.array(
      fc.constantFrom("edit", "type", "wait", "ack", "some", "lost ack", "cut", "down", "up", "foreign"),
      {
        minLength: 5,
        maxLength: 40,
      },
    );
    await fc.assert(
      fc.asyncProperty(actions, async (list) => {
        const { server, connection } = await start();
        server.eager = false;
        let n = 0;
        const stop = connection.state.subscribe((state) => {
          if (state.kind !== "saved") return;
          for (const text of texts(connection.model.value.doc)) expect(texts(server.doc)).toContain(text);
        });
        const run = (action: string) => {
          n += 1;
          const first = [...connection.model.value.snapshot.items.keys()][0];
          if (action === "edit") note(connection, `n${n}`);
          if (action === "type" && first !== undefined) connection.model.value.text(first)?.replace(0, 0, `t${n}`);
          if (action === "wait") server.clock.advance(3_000);
          if (action === "ack") server.acknowledge();
          if (action === "some") server.acknowledge(server.socket, 1);
          if (action === "lost ack") server.acknowledge(server.socket, server.socket.received.length, true);
          if (action === "cut" && server.socket.readyState === 1) server.socket.cut();
          if (action === "down") server.reachable = false;
          if (action === "up") server.reachable = true;
          if (action === "foreign") server.edit((doc) => doc.getMap("meta").set("title", `o${n}`));
        };
        for (const action of list) run(action);
        server.reachable = true;
        server.eager = true;
        server.acknowledge();
        server.clock.advance(60_000);
        expect(connection.state.value).toEqual({ kind: "saved" });
        expect(texts(server.doc)).toEqual(texts(connection.model.value.doc));
        stop();
        connection.close();
      }),
      { numRuns: 60 },
    );
  });

  it("tells offline, a server that cannot save, and what has ended", async () => {
    const { server, connection } = await start();
    server.session = { ...server.session, storage: "full" };
    server.tell();
    expect(connection.state.value).toEqual({ kind: "serverCannotSave", why: "full", changes: 0 });
    server.online = false;
    server.reachable = false;
    server.page("offline");
    note(connection, "ilman verkkoa");
    expect(connection.state.value).toEqual({ kind: "offline", changes: 1 });
    server.online = true;
    server.reachable = true;
    server.session = { ...server.session, storage: "good" };
    server.page("online");
    server.clock.advance(5);
    expect(connection.state.value).toEqual({ kind: "saved" });
    for (const [code, why] of [
      [4403, "forbidden"],
      [4404, "unknown"],
      [4401, "unauthorized"],
      [4422, "damaged"],
      [1008, "policy"],
    ] as const) {
      const one = await start();
      one.server.socket.cut(code);
      one.server.clock.advance(60_000);
      expect(one.connection.state.value).toEqual({ kind: "ended", why });
      expect(one.server.sockets.length).toBe(1);
    }
    const denied = new FakeServer();
    denied.denied = "retired";
    expect((await start(denied)).connection.state.value).toEqual({ kind: "ended", why: "retired" });
  });
});

describe("wire", () => {
  it("stays connected through 20 idle minutes, renewing presence", async () => {
    const { server, connection } = await start();
    connection.presence.publish({ cursor: [1, 2] });
    for (let second = 0; second < 20 * 60; second++) {
      server.clock.advance(1_000);
      if (second % 12 === 0) server.socket.deliver(Uint8Array.of(9));
    }
    expect(server.sockets.length).toBe(1);
    expect(connection.state.value).toEqual({ kind: "saved" });
    expect(server.socket.presences.length).toBeGreaterThanOrEqual(20 * 4);
    const last = decodeEntries(server.socket.presences.at(-1) ?? new Uint8Array());
    expect(last[0]?.state).toEqual({ cursor: [1, 2] });
  });

  it("leaves a socket that fell silent, and one that does not answer when the page wakes", async () => {
    const { server } = await start();
    server.clock.advance(50_000);
    expect(server.sockets.length).toBeGreaterThan(1);
    const before = server.sockets.length;
    server.socket.send = () => undefined;
    server.page("pageshow");
    server.clock.advance(6_000);
    expect(server.sockets.length).toBe(before + 1);
  });

  it("comes back at once when the network does", async () => {
    const { server, connection } = await start();
    server.reachable = false;
    server.socket.cut();
    server.clock.advance(120_000);
    expect(connection.state.value.kind).toBe("offline");
    server.reachable = true;
    server.page("online");
    server.clock.advance(2);
    expect(connection.state.value).toEqual({ kind: "saved" });
  });

  it("sends what was typed within 30 ms as one message, and says hello and seen", async () => {
    const { server, connection } = await start();
    const before = server.socket.received.length;
    for (let i = 0; i < 20; i++) note(connection, `${i}`);
    server.clock.advance(40);
    expect(server.socket.received.length).toBe(before + 1);
    expect(server.heard).toContainEqual({ type: "hello", client: "jalostamo/1" });
    expect(server.heard).toContainEqual({ type: "seen", seq: 1 });
  });

  it("tells nobody where somebody is who writes in silence", async () => {
    const server = new FakeServer();
    const round = {
      round: "rd_1",
      part: "pt_1",
      number: 1,
      naming: "named" as const,
      adds: null,
      now: true,
      open: true,
    };
    server.session = { ...server.session, rounds: [{ ...round, discarded: false, counted: false }] };
    const { connection } = await start(server);
    connection.presence.publish({ cursor: [1, 2], editing: "n_1", selection: ["n_1"], view: "canvas" });
    server.clock.advance(1_000);
    const last = decodeEntries(server.sockets.flatMap((socket) => socket.presences).at(-1) ?? new Uint8Array());
    expect(last.map((entry) => entry.state)).toEqual([{ view: "canvas" }]);
  });

  it("sends presence at most 20 times a second, the last always", async () => {
    const { server, connection } = await start();
    const before = server.socket.presences.length;
    for (let i = 0; i < 1_000; i++) {
      connection.presence.publish({ cursor: [i, 0] });
      server.clock.advance(1);
    }
    server.clock.advance(60);
    const sent = server.socket.presences.slice(before);
    expect(sent.length).toBeLessThanOrEqual(21);
    expect(decodeEntries(sent.at(-1) ?? new Uint8Array())[0]?.state).toEqual({ cursor: [999, 0] });
  });

  it("shows others as the server stamped them, and nothing malformed", async () => {
    const { server, connection } = await start();
    const user = { id: "p_2", name: "Boris", role: "participant", color: "#112233" };
    server.presence(encodeEntry(7, 1, { user, cursor: [1, Number.NaN], selection: ["n_1"], drag: { ids: 3 } }));
    server.presence(encodeEntry(8, 1, { cursor: [1, 1] }));
    server.presence(Uint8Array.of(255, 255));
    expect(connection.presence.others.value).toEqual([{ client: 7, user, selection: ["n_1"] }]);
    server.presence(encodeEntry(7, 2, null));
    expect(connection.presence.others.value).toEqual([]);
  });
});

describe("this device", () => {
  it("keeps unsent edits and their count when the tab closes", async () => {
    const { server, board, connection } = await start();
    server.reachable = false;
    server.socket.cut();
    note(connection, "kesken");
    note(connection, "toinen");
    const count = connection.state.value;
    expect(count).toMatchObject({ changes: 2 });
    await vi.waitFor(async () => expect(await stored(`${keyOf(board)} 0`, "custom", "unsaved")).toBe(2));
    connection.close();
    server.sockets.splice(0);
    const next = await start(server, board);
    expect(next.connection.state.value).toMatchObject({ changes: 2 });
    expect(texts(next.connection.model.value.doc)).toEqual(["kesken", "toinen"]);
    server.reachable = true;
    server.page("online");
    server.clock.advance(5);
    expect(next.connection.state.value).toEqual({ kind: "saved" });
    expect(texts(server.doc)).toEqual(["kesken", "toinen"]);
  });

  it("keeps what an ended epoch left unsaved for the tray, and nothing else of it", async () => {
    const { server, board, connection } = await start();
    const kept = note(connection, "talteen");
    server.clock.advance(40);
    expect(connection.state.value).toEqual({ kind: "saved" });
    server.reachable = false;
    server.socket.cut();
    connection.model.value.write((writer) => writer.setText(kept, "talteen ja jatkoa"));
    note(connection, "kesken");
    await vi.waitFor(async () => expect(await stored(`${keyOf(board)} 0`, "custom", "unsaved")).toBe(2));
    // The board begins an epoch: an open tab is told, and goes on holding what it has not saved.
    server.denied = "retired";
    server.reachable = true;
    server.page("online");
    server.clock.advance(5);
    expect(connection.state.value).toEqual({ kind: "ended", why: "retired" });
    connection.close();
    server.denied = null;
    server.sockets.splice(0);
    const next = await start(server, board, 2);
    await vi.waitFor(() => expect(next.connection.refused.edits.value).toHaveLength(2));
    const objects = next.connection.refused.edits.value.flatMap((edit) => edit.objects);
    expect(next.connection.refused.edits.value.map((edit) => edit.reason.code)).toEqual(["retired", "retired"]);
    expect(objects.map(({ what, text }) => [what, text]).toSorted()).toEqual([
      ["changed", "talteen ja jatkoa"],
      ["created", "kesken"],
    ]);
    expect(texts(server.doc)).toEqual(["talteen"]);
    expect(next.connection.state.value).toEqual({ kind: "saved" });
    // The old copy, which may hold what was erased, leaves this device; the tray is there for the next tab.
    const names = async () => (await indexedDB.databases()).map(({ name }) => name ?? "");
    await vi.waitFor(async () =>
      expect((await names()).filter((name) => name.includes(`board.${board}.1 `))).toEqual([]),
    );
    next.connection.close();
    server.sockets.splice(0);
    const third = await start(server, board, 2);
    expect(third.connection.refused.edits.value).toHaveLength(2);
    for (const edit of third.connection.refused.edits.value) third.connection.refused.reapply(edit.id);
    server.clock.advance(40);
    expect(texts(server.doc)).toEqual(["kesken", "talteen ja jatkoa"]);
  });
});

describe("refused edits", () => {
  it("go to the tray, survive a reload, and can be done again; other edits are saved", async () => {
    const { server, board, connection } = await start();
    const locked = note(connection, "lukossa");
    server.clock.advance(40);
    server.eager = false;
    server.refuse = (update) => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(server.doc));
      Y.applyUpdate(doc, update);
      return texts(doc).includes("lukossa!") ? { code: "locked", object: locked } : undefined;
    };
    server.eager = true;
    const old = connection.model.value;
    old.text(locked)?.replace(7, 7, "!");
    note(connection, "sallittu");
    server.clock.advance(40);
    server.clock.advance(40);
    await vi.waitFor(() => {
      server.clock.advance(40);
      expect(texts(server.doc)).toEqual(["lukossa", "sallittu"]);
    });
    expect(connection.model.value).not.toBe(old);
    expect(connection.refused.edits.value).toMatchObject([
      { reason: { code: "locked", object: locked }, objects: [{ id: locked, what: "changed", text: "lukossa!" }] },
    ]);
    await vi.waitFor(() => expect(connection.state.value).toEqual({ kind: "saved" }));
    await vi.waitFor(async () => expect(await stored(`${keyOf(board)} kept`, "kept", "generation")).toBe(1));
    connection.close();
    server.sockets.splice(0);
    const next = await start(server, board);
    const [edit] = next.connection.refused.edits.value;
    expect(edit?.objects[0]?.text).toBe("lukossa!");
    server.refuse = () => undefined;
    next.connection.refused.reapply(edit?.id ?? "");
    server.clock.advance(40);
    expect(texts(server.doc)).toEqual(["lukossa!", "sallittu"]);
    expect(next.connection.refused.edits.value).toEqual([]);
  });

  it("all go to the tray when the reason names no object, and can be discarded", async () => {
    const { server, connection } = await start();
    server.refuse = () => ({ code: "readOnly" });
    note(connection, "yksi");
    server.clock.advance(40);
    server.refuse = () => undefined;
    await vi.waitFor(() => {
      server.clock.advance(40);
      expect(connection.refused.edits.value.length).toBe(1);
    });
    const [edit] = connection.refused.edits.value;
    expect(edit).toMatchObject({
      reason: { code: "readOnly" },
      objects: [{ what: "created", kind: "note", text: "yksi" }],
    });
    expect(texts(server.doc)).toEqual([]);
    connection.refused.discard(edit?.id ?? "");
    expect(connection.refused.edits.value).toEqual([]);
  });
});

describe("permissions", () => {
  it("follow the server's table, locks and the pause", async () => {
    const { server, connection } = await start();
    const mine = note(connection, "oma");
    const may = () => connection.permissions.value.may("edit", mine);
    expect(may()).toEqual({ ok: true });
    server.session = { ...server.session, locked: [mine] };
    server.tell(server.socket, 2);
    expect(may()).toEqual({ ok: false, why: "locked" });
    server.session = { ...server.session, locked: [], paused: true };
    server.tell(server.socket, 3);
    expect(may()).toEqual({ ok: false, why: "readOnly" });
    expect(connection.permissions.value.may("meta").ok).toBe(false);
    server.session = { ...server.session, paused: false, allowed: { ...server.session.allowed, edit: ["others"] } };
    server.tell(server.socket, 4);
    expect(may()).toEqual({ ok: false, why: "notYours" });
  });
});

it("another browser with the same client id: the board goes on under another", async () => {
  const { server, connection } = await start();
  const old = connection.model.value;
  const twin = new Y.Doc();
  twin.clientID = old.doc.clientID;
  twin.getMap("meta").set("title", "kaksonen");
  server.edit((doc) => Y.applyUpdate(doc, Y.encodeStateAsUpdate(twin)));
  await vi.waitFor(() => expect(connection.model.value).not.toBe(old));
  server.clock.advance(5);
  note(connection, "jatkuu");
  server.clock.advance(40);
  expect(texts(server.doc)).toEqual(["jatkuu"]);
  expect(connection.state.value).toEqual({ kind: "saved" });
});
