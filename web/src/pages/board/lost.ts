// What somebody else deleted under one's hands: who did it is told, and its text is offered to be copied or made a
// note of. Knows no views.

import type { CommandId } from "../../commands/words.ts";
import { t } from "../../i18n/language.svelte.ts";
import type { BoardModel } from "../../model/board.ts";
import { kindRule } from "../../model/schema.ts";
import type { ChangeSet, FieldValue, ObjectId, Point } from "../../model/types.ts";
import { firstWords } from "../../outline/tree.ts";
import type { Desk } from "../../session/desk.svelte.ts";
import { fieldName } from "../../session/said.ts";
import { copyText } from "../../ui/copy.ts";
import { notices } from "../../ui/notices.svelte.ts";

interface Lost {
  readonly id: ObjectId;
  /** All that was written in it; empty when nothing was. */
  readonly text: string;
  /** Where it stood. */
  readonly at: Point | undefined;
}

interface Hands {
  /** What the person has chosen or is writing, from before the change: views forget at once what is gone. */
  chosen(): readonly ObjectId[];
  create(command: CommandId, args: object): void;
  /** Who deleted it, by name; undefined when that is not known. */
  who?(id: ObjectId): string | undefined;
}

/** The one chosen object, of any kind, when another person's change has just deleted it. */
export function lostBy(change: ChangeSet, chosen: readonly ObjectId[]): Lost | undefined {
  const [only] = chosen;
  if (
    change.local ||
    change.revealed === true ||
    chosen.length !== 1 ||
    only === undefined ||
    !change.removed.has(only)
  )
    return undefined;
  const item = change.previous.items.get(only);
  if (item !== undefined) {
    const rect = change.previous.rect(only);
    return { id: only, text: written("items", item), at: rect && [rect.x, rect.y] };
  }
  const link = change.previous.links.get(only);
  return link === undefined ? undefined : { id: only, text: written("links", link), at: undefined };
}

/** Its text, and what was written in its fields. */
function written(
  root: "items" | "links",
  object: { readonly kind: string; readonly text: string; readonly fields: Readonly<Record<string, FieldValue>> },
): string {
  const lines = (kindRule(root, object.kind)?.fields ?? [])
    .filter((rule) => rule.value.type === "line")
    .map((rule) => ({ name: rule.name, value: String(object.fields[rule.name] ?? "").trim() }))
    .filter(({ value }) => value !== "")
    .map(({ name, value }) => `${fieldName(name)}: ${value}`);
  return [object.text.trim(), ...lines].filter((line) => line !== "").join("\n");
}

/** Who deleted an object, by name; undefined when they are not here any more. */
export function deleterOf(desk: Pick<Desk, "model" | "others">, id: ObjectId): string | undefined {
  const client = desk.model.writerOf(id, "gone");
  return desk.others.find((other) => other.client === client)?.user.name;
}

/** Offers what is lost from now on; returns the way to stop. */
export function offerLost(model: BoardModel, hands: Hands): () => void {
  return model.subscribe((change) => {
    const lost = lostBy(change, hands.chosen());
    if (lost !== undefined) offer(lost, hands);
  });
}

function offer({ id, text, at }: Lost, hands: Hands): void {
  const who = hands.who?.(id) ?? t("lost.somebody");
  if (text === "") {
    notices.tell(t("lost.empty", { who }));
    return;
  }
  const copy = async (): Promise<void> => {
    const done = await copyText(text);
    notices.tell(done ? t("app.copied") : t("app.copyByHand"), done ? "good" : "plain");
  };
  notices.tell(t("lost.textBy", { who, text: firstWords(text, 120) }), "bad", [
    { label: t("lost.note"), run: () => hands.create("note.create", { text, quiet: true, ...(at ? { at } : {}) }) },
    { label: t("refused.copy"), run: () => void copy() },
  ]);
}
