// The browser's schema is the server's: both equal the golden file. Knows no document.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checked } from "../../src/model/check.ts";
import { isObjectId, newId } from "../../src/model/ids.ts";
import { ORDER_LENGTH, REACH, SCHEMA, STEP_SIZES, TEXT_UNITS } from "../../src/model/schema.ts";

describe("schema", () => {
  it("equals the golden file", () => {
    const golden: unknown = JSON.parse(
      readFileSync(new URL("../../../tests/golden/schema.json", import.meta.url), "utf8"),
    );
    const ours = { ...SCHEMA, reach: REACH, roots: Object.keys(SCHEMA), stepSizes: STEP_SIZES };
    expect(JSON.parse(JSON.stringify(ours))).toEqual(golden);
  });

  it("makes ids that it takes, and takes no others", () => {
    expect(isObjectId("items", newId("n"))).toBe(true);
    expect(isObjectId("links", newId("n"))).toBe(false);
    for (const odd of [
      "__proto__",
      "constructor",
      "n_",
      "_01JAAAAAAAAAAAAAAAAAAAAAAA",
      "n_91JAAAAAAAAAAAAAAAAAAAAAAA",
      "",
    ]) {
      expect(isObjectId("items", odd)).toBe(false);
    }
    expect(new Set(Array.from({ length: 1000 }, () => newId("n"))).size).toBe(1000);
  });
});

describe("values, at the limit and one past it", () => {
  const takes = (type: Parameters<typeof checked>[0], value: unknown) => checked(type, value) !== undefined;
  it("checks each type", () => {
    const text = { type: "text", units: TEXT_UNITS } as const;
    expect(takes(text, "a".repeat(TEXT_UNITS))).toBe(true);
    expect(takes(text, "a".repeat(TEXT_UNITS + 1))).toBe(false);
    expect(takes({ type: "point" }, [-REACH, REACH])).toBe(true);
    expect(takes({ type: "point" }, [0, REACH + 1])).toBe(false);
    expect(takes({ type: "point" }, [0, 0.5])).toBe(false);
    expect(takes({ type: "point" }, [0, 0, 0])).toBe(false);
    expect(takes({ type: "size" }, [1, REACH])).toBe(true);
    expect(takes({ type: "size" }, [0, 1])).toBe(false);
    const order = { type: "order", length: ORDER_LENGTH } as const;
    expect(takes(order, "z".repeat(ORDER_LENGTH))).toBe(true);
    expect(takes(order, "z".repeat(ORDER_LENGTH + 1))).toBe(false);
    expect(takes(order, "")).toBe(false);
    expect(takes({ type: "line", units: 3 }, "äää")).toBe(true);
    expect(takes({ type: "line", units: 3 }, "ääää")).toBe(false);
    expect(takes({ type: "line", units: 3 }, "a\nb")).toBe(false);
    expect(takes({ type: "number", min: 1, max: 4 }, 4)).toBe(true);
    expect(takes({ type: "number", min: 1, max: 4 }, 5)).toBe(false);
    expect(takes({ type: "day" }, "2020-02-29")).toBe(true);
    expect(takes({ type: "day" }, "2021-02-29")).toBe(false);
    expect(takes({ type: "set", words: ["a"] }, ["a"])).toBe(true);
    expect(takes({ type: "set", words: ["a"] }, ["b"])).toBe(false);
    expect(takes({ type: "reference" }, "__proto__")).toBe(false);
  });
});
