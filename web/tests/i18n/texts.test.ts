// The texts: every key in every language with the same values, and none of them outside i18n.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { COMMAND_IDS, REASONS, type CommandsWord } from "../../src/commands/words.ts";
import { en as firstEn } from "../../src/i18n/en.ts";
import { fi as firstFi, type Key } from "../../src/i18n/fi.ts";
import { fill, placeholders } from "../../src/i18n/format.ts";
import { later as laterEn } from "../../src/i18n/later/en.ts";
import { later as laterFi } from "../../src/i18n/later/fi.ts";
import { later as laterSv } from "../../src/i18n/later/sv.ts";
import { sv as firstSv } from "../../src/i18n/sv.ts";
import { SCHEMA } from "../../src/model/schema.ts";

const source = fileURLToPath(new URL("../../src", import.meta.url));
const fi = { ...firstFi, ...laterFi };
const sv = { ...firstSv, ...laterSv };
const en = { ...firstEn, ...laterEn };
const keys = Object.keys(fi) as Key[];

describe("all languages", () => {
  it("have the same keys, none empty", () => {
    for (const texts of [sv, en]) {
      expect(Object.keys(texts).toSorted()).toEqual(keys.toSorted());
      for (const text of Object.values(texts)) expect(text.trim()).not.toBe("");
    }
  });
  it("name the same values", () => {
    const differing = keys.filter(
      (key) => new Set([fi[key], sv[key], en[key]].map((text) => placeholders(text).join())).size > 1,
    );
    expect(differing).toEqual([]);
  });
});

describe("what is shown first", () => {
  /** The files that come with the join page, the board and the help, whatever is opened then. */
  function first(): string[] {
    const seen = new Set<string>();
    const walk = (file: string): void => {
      if (seen.has(file) || file.includes("/i18n/")) return;
      seen.add(file);
      for (const found of readFileSync(file, "utf8").matchAll(/^\s*import (?!type)[^;]*?from "(\.[^"]+)"/gm)) {
        walk(join(dirname(file), found[1] ?? ""));
      }
    };
    for (const page of ["main.ts", "pages/Join.svelte", "pages/BoardPage.svelte", "ui/HelpDialog.svelte"])
      walk(join(source, page));
    return [...seen];
  }
  it("uses no text of the rest", () => {
    const files = first();
    expect(files.length).toBeGreaterThan(100);
    const rest = Object.keys(laterFi);
    const wrong = files.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/["`]([a-zA-Z]\w*\.[\w.]*)(["`$])/g)].flatMap(([, key = "", end]) =>
        rest.some((each) => (end === "$" ? each.startsWith(key) : each === key))
          ? [`${relative(source, file)}: ${key}`]
          : [],
      ),
    );
    expect(wrong).toEqual([]);
    const twice = rest.filter((key) => key in firstFi);
    expect(twice).toEqual([]);
  });
});

describe("completeness", () => {
  it("commands have labels and reasons", () => {
    // The union of the commands' words, held by the compiler.
    const held: Record<CommandsWord, string> = fi;
    expect(COMMAND_IDS.filter((id) => held[`command.${id}`] === undefined)).toEqual([]);
    expect(REASONS.filter((why) => held[`why.${why}`] === undefined)).toEqual([]);
  });
  it("every reason for a refusal on the server has its words", () => {
    const rust = readFileSync(join(source, "../../server/error.rs"), "utf8");
    const body = /pub enum RefusalCode \{([\s\S]*?)\n\}/.exec(rust)?.[1] ?? "";
    const codes = [...body.matchAll(/^ {4}([A-Z]\w+),/gm)].map((m) =>
      (m[1] ?? "").replace(/^./, (c) => c.toLowerCase()),
    );
    expect(codes.length).toBeGreaterThan(8);
    expect(codes.filter((code) => !(`refused.${code}` in fi))).toEqual([]);
  });
  it("every word of the schema has a name", () => {
    const missing: string[] = [];
    const nameOf: Record<string, string> = {};
    for (const root of [SCHEMA.items, SCHEMA.links]) {
      for (const kind of root.kinds) {
        if (!(`kind.${kind.name}` in fi)) missing.push(`kind.${kind.name}`);
        for (const field of kind.fields) {
          if (["fromSide", "toSide", "offset"].includes(field.name)) continue;
          if (!(`field.${field.name}` in fi)) missing.push(`field.${field.name}`);
          const { value } = field;
          const words = value.type === "word" || value.type === "set" ? value.words : [];
          for (const word of words) {
            const key = `${nameOf[field.name] ?? field.name}.${word}`;
            if (!(key in fi)) missing.push(key);
          }
        }
      }
    }
    expect(missing).toEqual([]);
  });
});

describe("filling in", () => {
  it("chooses one or many by the number", () => {
    expect(fill(fi["refused.count"], "fi-FI", { n: 1 })).toBe("Yksi muutos ei tallentunut");
    expect(fill(fi["refused.count"], "fi-FI", { n: 3 })).toBe("3 muutosta ei tallentunut");
    expect(fill(en["people.button"], "en-GB", { n: 0 })).toBe("0 here now");
  });
  it("leaves braces in a person's own text alone", () => {
    expect(fill("{name}: {n}", "fi-FI", { name: "{n}", n: 2 })).toBe("{n}: 2");
  });
  it("shows what is missing", () => {
    expect(fill("{name}", "fi-FI")).toBe("{name}");
  });
});

describe("no visible text outside i18n", () => {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".svelte") && !name.startsWith("i18n"),
  );
  /** Between tags, and in the attributes that people see or hear. */
  function visible(svelte: string): string[] {
    const markup = svelte
      .replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, "")
      .replace(/\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, "");
    const between = [...markup.matchAll(/>([^<>]+)</g)].map((m) => m[1] ?? "");
    const named = [...markup.matchAll(/(?:aria-label|title|alt|placeholder|aria-description)="([^"]*)"/g)].map(
      (m) => m[1] ?? "",
    );
    return [...between, ...named]
      .map((text) => text.replace(/&\w+;/g, "").trim())
      .filter((text) => /\p{L}{2,}/u.test(text));
  }
  it("is a scan that finds text", () => {
    expect(visible('<p>Hello</p><b title="There">{t("x")}</b>')).toEqual(["Hello", "There"]);
    expect(files.length).toBeGreaterThan(20);
  });
  it.each(files)("%s", (name) => {
    expect(visible(readFileSync(join(source, name), "utf8"))).toEqual([]);
  });
});

it("numbers of five digits are grouped as each language does, of four they are not", () => {
  for (const locale of ["fi", "sv", "en"]) expect(fill("{n}", locale, { n: 9_999 })).toBe("9999");
  expect(fill("{n}", "en", { n: 10_000 })).toBe("10,000");
  for (const locale of ["fi", "sv"]) expect(fill("{n}", locale, { n: 10_000 })).toMatch(/^10\s000$/);
  expect(fill("{n}", "en", { n: "10000" })).toBe("10000");
});
