// Links: when they end, whether they work, and the message that carries one, in three languages.

import { describe, expect, it } from "vitest";
import type { Invite } from "../../src/net/api.ts";
import { endsAt, messageText, MOST_USES, stateOf, usesOf } from "../../src/session/invites/invites.ts";

const DAY = 86_400_000;
const NOW = new Date("2026-05-25T09:00:00").getTime();
const iso = (at: number) => {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

describe("when a link ends", () => {
  it("is so many days from now, or never", () => {
    expect(endsAt("day", "", NOW)).toEqual({ ok: true, expires: NOW + DAY });
    expect(endsAt("week", "", NOW)).toEqual({ ok: true, expires: NOW + 7 * DAY });
    expect(endsAt("always", "", NOW)).toEqual({ ok: true, expires: undefined });
  });
  it("is the end of the chosen day, today at the earliest", () => {
    expect(endsAt("until", "2026-05-25", NOW)).toEqual({
      ok: true,
      expires: new Date("2026-05-25T23:59:59").getTime(),
    });
    expect(endsAt("until", "2026-05-24", NOW)).toEqual({ ok: false, wrong: "invite.untilPast" });
    expect(endsAt("until", "", NOW)).toEqual({ ok: false, wrong: "invite.untilMissing" });
    expect(endsAt("until", "2026-13-45", NOW)).toEqual({ ok: false, wrong: "invite.untilMissing" });
  });
  it("is at most two years away", () => {
    expect(endsAt("until", iso(NOW + 729 * DAY), NOW).ok).toBe(true);
    expect(endsAt("until", iso(NOW + 730 * DAY), NOW)).toEqual({ ok: false, wrong: "invite.untilFar" });
  });
});

it("takes one to ten thousand uses, or any number", () => {
  expect(usesOf("")).toEqual({ ok: true, uses: undefined });
  expect(usesOf(" 1 ")).toEqual({ ok: true, uses: 1 });
  expect(usesOf("10 000")).toEqual({ ok: true, uses: MOST_USES });
  for (const wrong of ["0", "10001", "-1", "1.5", "kolme", "1e3"]) expect(usesOf(wrong).ok).toBe(false);
});

it("tells whether a link still works", () => {
  const invite: Invite = { id: "v_1", role: "participant", made: 1, expires: null, usesLeft: null, revoked: false };
  expect(stateOf(invite, NOW)).toBe("valid");
  expect(stateOf({ ...invite, expires: NOW + 1, usesLeft: 1 }, NOW)).toBe("valid");
  expect(stateOf({ ...invite, expires: NOW }, NOW)).toBe("expired");
  expect(stateOf({ ...invite, usesLeft: 0 }, NOW)).toBe("used");
  expect(stateOf({ ...invite, revoked: true, expires: NOW - 1 }, NOW)).toBe("revoked");
});

describe("the message", () => {
  const target = { series: { fi: "Jalostamo 2026", sv: "", en: "" }, team: "Tiimi 4", title: "Läheisen kuolema" };
  const message = { target, role: "participant" as const, url: "https://x.fi/#join=abc", expires: NOW };
  it("names series, team and board, and has the link on a line of its own", () => {
    expect(messageText({ ...message, language: "fi" }).split("\n")).toEqual([
      "Tervetuloa työpajaan!",
      "",
      "Työpajasarja: Jalostamo 2026",
      "Tiimi: Tiimi 4",
      "Taulu: Läheisen kuolema",
      "",
      "https://x.fi/#join=abc",
      "",
      "Avaa linkki selaimessa, kirjoita nimesi ja valitse Liity. Et tarvitse tunnusta etkä asennuksia.",
      "Linkki on voimassa 25.5.2026 asti.",
    ]);
  });
  it("is in the language asked for, whatever the app's, with a name that there is", () => {
    const swedish = messageText({ ...message, language: "sv" });
    expect(swedish).toContain("Workshopserie: Jalostamo 2026");
    expect(swedish).toContain("Gå med");
    expect(messageText({ ...message, language: "en" })).toContain("valid until 25 May 2026");
  });
  it("says nothing of what there is not", () => {
    const bare = messageText({
      language: "fi",
      target: { series: null, team: null, title: null },
      role: "observer",
      url: "https://x.fi/#join=abc",
      expires: null,
    });
    expect(bare.split("\n")).toEqual([
      "Tervetuloa seuraamaan työpajaa!",
      "",
      "https://x.fi/#join=abc",
      "",
      "Avaa linkki selaimessa, kirjoita nimesi ja valitse Liity. Et tarvitse tunnusta etkä asennuksia.",
    ]);
  });
});
