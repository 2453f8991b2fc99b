// The columns of the outline's tables: what each says of an item, and by what it sorts. Knows no table.

import { day, t } from "../i18n/language.svelte.ts";
import { relatedTo } from "../model/relations.ts";
import { NEXT_STEP_TYPES, RESOLUTIONS, STATUSES } from "../model/schema.ts";
import type { Item, Snapshot } from "../model/types.ts";
import { fieldName, word } from "../session/said.ts";
import type { Column } from "./Table.svelte";
import { called, fixedTo, kindOf, placeOf, valueWords } from "./words.ts";

const line = (item: Item, field: string): string => String(item.fields[field] ?? "");

/** A field as people read it. */
function field(name: string, label = fieldName(name)): Column {
  return { key: name, label, text: (item) => valueWords(item.kind, name, item.fields[name] ?? null) };
}

/** A field of a list, sorted in the list's own order. */
function ranked(name: string, words: readonly string[]): Column {
  const rank = (item: Item) => {
    const at = words.indexOf(line(item, name));
    return at < 0 ? null : at;
  };
  return { ...field(name), value: rank };
}

export function obstacleColumns(snapshot: Snapshot): Column[] {
  return [
    { key: "kind", label: t("outline.kindColumn"), text: kindOf },
    {
      ...field("severity"),
      text: (item) => (item.fields["severity"] === undefined ? "" : word("severity", item.fields["severity"])),
      value: (item) => (typeof item.fields["severity"] === "number" ? item.fields["severity"] : null),
    },
    field("types"),
    { key: "where", label: t("outline.where"), text: (item) => whereOf(snapshot, item) },
    {
      ...ranked("resolution", RESOLUTIONS),
      text: (item) => (item.fields["resolution"] === undefined ? "" : word("resolution", item.fields["resolution"])),
    },
    { key: "answer", label: t("outline.answer"), text: (item) => answersOf(snapshot, item) },
  ];
}

/** What it is pinned to, else where it stands. */
export function whereOf(snapshot: Snapshot, item: Item): string {
  return fixedTo(snapshot, item.id)?.says ?? placeOf(snapshot, item);
}

function answersOf(snapshot: Snapshot, item: Item): string {
  const answers = relatedTo(snapshot, item).filter((each) => each.word === "answeredBy");
  return answers.map((each) => called(each.other, 40)).join(", ");
}

export function nextStepColumns(): Column[] {
  return [
    ranked("stepType", NEXT_STEP_TYPES),
    {
      key: "owner",
      label: fieldName("ownerOrg"),
      text: (item) => [line(item, "ownerOrg"), line(item, "ownerName")].filter((part) => part.trim() !== "").join(", "),
    },
    {
      key: "due",
      label: fieldName("due"),
      text: (item) => (line(item, "due") === "" ? "" : day(line(item, "due"))),
      value: (item) => line(item, "due"),
    },
    ranked("status", STATUSES),
    field("firstAction"),
  ];
}

export function termColumns(): Column[] {
  return [
    field("meaning"),
    field("synonyms"),
    { ...field("agreed"), value: (item) => (item.fields["agreed"] === true ? 0 : 1) },
  ];
}
