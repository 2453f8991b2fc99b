// Names say kind, text, place, state, pins, relations and what comes next, in each language. Knows no DOM.

import { describe, expect, test } from "vitest";
import { directionOf, settled } from "../../src/canvas/bidi.ts";
import { nameOf, short } from "../../src/canvas/name.ts";
import { words } from "../../bench/words.ts";
import type { BoardModel, Fields } from "../../src/model/board.ts";
import type { ItemKind } from "../../src/model/types.ts";
import { emptyBoard } from "./board.ts";

const free = { may: () => ({ ok: true }) as const, facilitates: false, isLocked: () => false };

function put(board: BoardModel, kind: ItemKind, text: string, fields: Fields = {}): string {
  let id = "";
  board.write((writer) => {
    id = writer.addItem(kind, { at: [0, 0], ...fields }, text);
  });
  return id;
}
function name(board: BoardModel, id: string): string {
  const item = board.snapshot.items.get(id);
  if (!item) throw new Error("it is there");
  return nameOf(board.snapshot, item, words, free);
}

test("a step tells its lane, its place, its signs, what is pinned to it and what follows", () => {
  const board = emptyBoard();
  const frame = put(board, "frame", "Nykytila");
  const lane = put(board, "lane", "Kela", { parent: frame });
  const group = put(board, "group", "Käsittely", { parent: lane });
  put(board, "step", "Muu", { parent: lane, order: "A" });
  const step = put(board, "step", "Ratkaise hakemus", {
    parent: lane,
    order: "B",
    customerContact: true,
    system: "Oiwa",
    channel: "phone",
  });
  const next = put(board, "step", "Päätös annettu", { parent: group });
  const obstacle = put(board, "obstacle", "Tieto puuttuu", { severity: 3 });
  board.write((writer) => {
    writer.addLink("pin", obstacle, step, { offset: [5, 5] });
    const arrow = writer.addLink("sequence", step, next, { condition: "tiedot riittävät" });
    writer.setText(arrow, "kyllä");
  });
  expect(name(board, step)).toBe(
    "Työvaihe: Ratkaise hakemus, rata Kela, 2/2, alue Nykytila, Asiakas on mukana, Tietojärjestelmä: Oiwa, " +
      "Puhelimella, yksi kiinnitys: Este (Vakava): Tieto puuttuu, " +
      "seuraava: Päätös annettu (kyllä · [tiedot riittävät])",
  );
  expect(name(board, next)).toBe("Työvaihe: Päätös annettu, ryhmä Käsittely, 1/1, rata Kela, alue Nykytila");
  expect(name(board, obstacle)).toBe("Este: Tieto puuttuu, Vakava, kiinnitetty kohteeseen Ratkaise hakemus");
  expect(name(board, frame)).toBe("Alue: Nykytila, yksi kohde alueella");
  expect(name(board, group)).toContain("rata Kela, 1/1, alue Nykytila, yksi kohde ryhmässä");
});

test("a pin on an arrow tells between what, and relations tell what they mean from both ends", () => {
  const board = emptyBoard();
  const [from, to] = [put(board, "step", "Hakee"), put(board, "step", "Päättää")];
  const slow = put(board, "bottleneck", "Jono", { waitTime: "3 vk" });
  const why = put(board, "obstacle", "Laki");
  const answer = put(board, "nextStep", "Lakiesitys", { status: "agreed" });
  board.write((writer) => {
    writer.addLink("pin", slow, writer.addLink("sequence", from, to));
    writer.addLink("relation", why, answer);
  });
  expect(name(board, slow)).toBe("Pullonkaula: Jono, Odotusaika: 3 vk, kiinnitetty nuoleen Hakee → Päättää");
  expect(name(board, why)).toContain("vastaus: Lakiesitys");
  expect(name(board, answer)).toContain("Sovittu, vastaa kohteeseen Laki");
});

describe("each kind says what its small print says", () => {
  test.each<[ItemKind, Fields, string]>([
    ["lane", { laneKind: "network" }, "Ei omistajaa"],
    ["lane", { org: "Sosiaalitoimi" }, "Sosiaalitoimi"],
    ["frame", { purpose: "Miksi", instruction: "Lisää" }, "Miksi · Lisää"],
    ["painPoint", { severity: 4 }, "Estää kokonaan"],
    ["question", { questionState: "answered", answer: "Kyllä" }, "Vastattu, Vastaus: Kyllä"],
    ["idea", { ideaState: "chosen" }, "Valittu"],
    ["evidence", { evidenceKind: "survey", source: "Kysely 2026" }, "Kysely, Lähde: Kysely 2026"],
    ["term", { meaning: "Maksu", agreed: true }, "Merkitys: Maksu, Yhdessä sovittu"],
    ["commitment", { org: "Kela", byRole: "osastopäällikkö" }, "Kela, osastopäällikkö"],
    ["goal", { agreedBy: ["org_01JAAAAAAAAAAAAAAAAAAAAAAA"] }, "Hyväksynyt yksi organisaatio"],
    ["obstacle", { resolution: "accepted" }, "Hyväksytään"],
    ["nextStep", { ownerOrg: "Kela" }, "Vastuutaho: Kela"],
  ])("%s", (kind, fields, expected) => {
    const board = emptyBoard();
    const id = put(board, kind, "x", fields);
    expect(name(board, id)).toContain(expected);
  });
});

test("signs that turn or hide text do not get into names, the joiners of emoji stay", () => {
  expect(short("\u202eabc\u2066 \u200b")).toBe("abc");
  expect(short("👩\u200d💻 työ")).toBe("👩\u200d💻 työ");
  expect(settled("\ufeff\u200b\u2060")).toBe("");
  const cut = short("👩".repeat(80));
  expect([...cut]).toHaveLength(60);
  expect(cut).not.toMatch(/\p{Surrogate}/u);
});

test("a text runs by its first letter", () => {
  expect(directionOf("123 שלום abc")).toBe("rtl");
  expect(directionOf("abc שלום")).toBe("ltr");
  expect(directionOf("مرحبا")).toBe("rtl");
  expect(directionOf("")).toBe("ltr");
});
