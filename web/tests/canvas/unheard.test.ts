// Keys after a text was closed under somebody's hands write nothing and command nothing, until they have seen it.

import { expect, it } from "vitest";
import { Unheard } from "../../src/canvas/unheard.ts";

const key = (name: string, timeStamp: number, more: { readonly ctrlKey?: boolean } = {}) => ({
  key: name,
  timeStamp,
  ctrlKey: more.ctrlKey === true,
  metaKey: false,
  altKey: false,
});

it("takes what somebody types on, as long as they type on", () => {
  const unheard = new Unheard();
  expect(unheard.takes(key("v", 10))).toBe(false);
  unheard.begin(1_000);
  expect(
    [key("v", 1_100), key("Shift", 1_200), key("E", 1_300), key("Enter", 3_200), key("n", 5_100)].map((one) =>
      unheard.takes(one),
    ),
  ).toEqual([true, false, true, true, true]);
  expect(unheard.takes(key("n", 7_200))).toBe(false);
  expect(unheard.takes(key("n", 7_300))).toBe(false);
});

it("ends with a key that writes nothing, or a shortcut", () => {
  for (const end of [key("Escape", 1_100), key("ArrowLeft", 1_100), key("z", 1_100, { ctrlKey: true })]) {
    const unheard = new Unheard();
    unheard.begin(1_000);
    expect(unheard.takes(end)).toBe(false);
    expect(unheard.takes(key("n", 1_200))).toBe(false);
  }
});
