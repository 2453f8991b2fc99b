// What an item's signs and small print say, in words: nothing that is seen is left out of its name. Knows no DOM.

import type { Item } from "../model/types.ts";
import { settled } from "./bidi.ts";
import { count, dotted, field } from "./draw/card.ts";
import { isUnowned } from "./draw/lane.ts";
import type { Words } from "./types.ts";

export function factsOf(item: Item, words: Words): string[] {
  return facts(item, words)
    .map((fact) => settled(fact).replace(/\s+/g, " ").trim())
    .filter((fact) => fact !== "");
}

function facts(item: Item, words: Words): string[] {
  const worded = (name: string, area: string): string => {
    const value = field(item, name);
    return value === "" ? "" : words(`${area}.${value}`);
  };
  const labelled = (name: string): string => {
    const text = field(item, name);
    return text === "" ? "" : words("canvas.labelled", { label: words(`field.${name}`), text });
  };
  const severity = (): string => {
    const value = count(item, "severity");
    return value === 0 ? "" : words(`canvas.severity.${value}`);
  };
  switch (item.kind) {
    case "step": {
      const met = item.fields["customerContact"] === true ? words("field.customerContact") : "";
      const channel = field(item, "channel") === "none" ? "" : worded("channel", "channel");
      return [met, labelled("system"), channel, labelled("duration")];
    }
    case "lane":
      return [isUnowned(item) ? words("canvas.unowned") : field(item, "org")];
    case "frame":
      return [dotted([field(item, "purpose"), field(item, "instruction")])];
    case "obstacle":
      return [severity(), field(item, "resolution") === "open" ? "" : worded("resolution", "resolution")];
    case "painPoint":
      return [severity()];
    case "bottleneck":
      return [labelled("waitTime"), labelled("queue")];
    case "question":
      return [worded("questionState", "questionState"), labelled("answer")];
    case "idea":
      return [worded("ideaState", "ideaState")];
    case "evidence":
      return [worded("evidenceKind", "evidenceKind"), labelled("source")];
    case "term":
      return [labelled("meaning"), item.fields["agreed"] === true ? words("field.agreed") : ""];
    case "commitment":
      return [field(item, "org"), field(item, "byRole")];
    case "goal": {
      const agreed = item.fields["agreedBy"];
      const many = Array.isArray(agreed) ? agreed.length : 0;
      return [many === 0 ? "" : words("canvas.goal.agreed", { count: many })];
    }
    case "nextStep":
      return [worded("status", "canvas.status"), labelled("ownerOrg")];
    default:
      return [];
  }
}
