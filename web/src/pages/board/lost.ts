// What somebody else deleted under one's hands: its text is offered to be copied or made a note of. Knows no views.

import type { CommandId } from "../../commands/words.ts";
import { t } from "../../i18n/language.svelte.ts";
import type { BoardModel } from "../../model/board.ts";
import type { ChangeSet, ObjectId, Point } from "../../model/types.ts";
import { firstWords } from "../../outline/tree.ts";
import { copyText } from "../../ui/copy.ts";
import { notices } from "../../ui/notices.svelte.ts";

interface Lost {
  readonly text: string;
  /** Where it stood. */
  readonly at: Point | undefined;
}

interface Hands {
  /** What the person has chosen or is writing, from before the change: views forget at once what is gone. */
  chosen(): readonly ObjectId[];
  create(command: CommandId, args: object): void;
}

/** The text of the one chosen item, when another person's change has just deleted it. */
export function lostBy(change: ChangeSet, chosen: readonly ObjectId[]): Lost | undefined {
  const [only] = chosen;
  if (change.local || chosen.length !== 1 || only === undefined || !change.removed.has(only)) return undefined;
  const item = change.previous.items.get(only);
  if (item === undefined || item.text.trim() === "") return undefined;
  const rect = change.previous.rect(only);
  return { text: item.text, at: rect && [rect.x, rect.y] };
}

/** Offers what is lost from now on; returns the way to stop. */
export function offerLost(model: BoardModel, hands: Hands): () => void {
  return model.subscribe((change) => {
    const lost = lostBy(change, hands.chosen());
    if (lost !== undefined) offer(lost, hands);
  });
}

function offer({ text, at }: Lost, hands: Hands): void {
  const copy = async (): Promise<void> => {
    const done = await copyText(text);
    notices.tell(done ? t("app.copied") : t("app.copyByHand"), done ? "good" : "plain");
  };
  notices.tell(t("lost.text", { text: firstWords(text, 120) }), "bad", [
    { label: t("lost.note"), run: () => hands.create("note.create", { text, quiet: true, ...(at ? { at } : {}) }) },
    { label: t("refused.copy"), run: () => void copy() },
  ]);
}
