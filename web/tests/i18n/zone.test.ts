// Times of a workshop elsewhere, as people read them.
// @vitest-environment happy-dom

import { afterEach, expect, it } from "vitest";
import { language } from "../../src/i18n/language.svelte.ts";
import { otherZone, timeIn } from "../../src/i18n/zone.ts";

const NINE = Date.UTC(2026, 10, 24, 7);
const here = process.env["TZ"];
afterEach(() => {
  if (here === undefined) delete process.env["TZ"];
  else process.env["TZ"] = here;
});

it("says the zone where clocks differ, and nothing where they do not", () => {
  language.choose("en");
  process.env["TZ"] = "Europe/Stockholm";
  expect(otherZone("Europe/Helsinki", NINE)).toBe("Eastern European Standard Time");
  process.env["TZ"] = "Europe/Helsinki";
  expect(otherZone("Europe/Helsinki", NINE)).toBe("");
  expect(otherZone("Europe/Mariehamn", NINE), "another name of the same time").toBe("");
  expect(otherZone("Nowhere/At_all", NINE)).toBe("Nowhere/At all");
});

it("tells the time by the workshop's clock", () => {
  language.choose("en");
  process.env["TZ"] = "Europe/Stockholm";
  expect(timeIn("Europe/Helsinki", NINE)).toBe("9:00");
  expect(timeIn(undefined, NINE)).toBe("8:00");
  expect(timeIn("Nowhere/At_all", NINE)).toBe("8:00");
});
