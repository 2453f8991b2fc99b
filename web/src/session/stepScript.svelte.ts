// The step script as the board's page has it: what runs here, and in all teams, and the door to its commands.
// Knows the desk; how the server is asked is fetched when somebody asks.

import type { ScriptDoor, ScriptNow } from "../commands/types.ts";
import type { Facilitated } from "../net/script.ts";
import { part } from "../ui/part.ts";
import type { Desk } from "./desk.svelte.ts";

const loadPressing = part(() => import("./script/pressing.ts"));
const loadTelling = part(() => import("./script/telling.ts"));

export class StepScript implements ScriptDoor {
  readonly #desk: Desk;
  /** The facilitators' panel is open. */
  open = $state(false);
  /** The instruction of the part is shown. */
  instructed = $state(false);
  /** The series in which I may speak to all teams; none outside one. */
  series: string | undefined = $state();
  /** Where the workshop stands by what was said to all its boards; undefined until it is asked for. */
  overall: Facilitated | undefined = $state.raw();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  now(all: boolean): ScriptNow | undefined {
    // Until all teams are asked after, they are where this one is.
    const told = (all ? this.overall : undefined) ?? this.#desk.session;
    if (told === null) return undefined;
    const { script, timer, message } = told;
    const runs = script !== null && script.ended === null;
    return {
      runs,
      part: runs && script.part !== null,
      ran: runs && script.parts.some(({ progress }) => progress === "done" || progress === "current"),
      timer: timer === null ? undefined : timer.runs ? "running" : "paused",
      message: message !== null,
    };
  }

  async press(body: { readonly type: string; readonly [key: string]: unknown }, all: boolean): Promise<void> {
    const { pressHere, pressAll } = await loadPressing();
    await (all ? pressAll(this.#desk, body) : pressHere(this.#desk, body));
  }

  /** Learns whether I may speak to all teams, and where the workshop stands. */
  async learn(): Promise<void> {
    const { learn } = await loadPressing();
    await learn(this.#desk);
  }

  toggle(): void {
    this.open = !this.open;
  }

  instruct(aloud = false): void {
    this.instructed = !this.instructed;
    if (aloud) void loadTelling().then(({ tellInstruction }) => tellInstruction(this.#desk));
  }

  tell(): void {
    void loadTelling().then(({ tellNow }) => tellNow(this.#desk));
  }
}
