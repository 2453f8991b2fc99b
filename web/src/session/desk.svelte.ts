// One board as its page works with it: what is on it, what may be done, and the one way to do it. Knows no views.

import type { ArgsOf } from "../commands/arguments.ts";
import type { Registry } from "../commands/registry.ts";
import type { Context, Focus, Permission, Permissions, View } from "../commands/types.ts";
import type { CommandId } from "../commands/words.ts";
import type { BoardModel } from "../model/board.ts";
import type { ObjectId, Snapshot } from "../model/types.ts";
import type { BoardContext } from "../net/api/series.ts";
import type { BoardConnection } from "../net/connection.ts";
import { boardPage } from "./page.ts";
import type { Presence, RefusedEdit, SaveState, SessionState } from "../net/types.ts";
import type { Organisation } from "./organisations.ts";
import { StepScript } from "./stepScript.svelte.ts";

/** A command that lacks an argument: what to ask, and about what. */
export interface Question {
  readonly command: CommandId;
  readonly ids: readonly ObjectId[];
}

const NOTHING: Permissions = {
  may: () => ({ ok: false, why: "role" }),
  facilitates: false,
  isLocked: () => false,
};

export class Desk {
  readonly connection: BoardConnection;
  readonly registry: Registry;
  readonly person: string;
  readonly board: string;
  readonly script: StepScript = new StepScript(this);

  /** Follows the board at most once a frame. */
  snapshot: Snapshot = $state.raw() as Snapshot;
  model: BoardModel = $state.raw() as BoardModel;
  save: SaveState = $state.raw({ kind: "loading" });
  session: SessionState | null = $state.raw(null);
  permissions: Permissions = $state.raw(NOTHING);
  refused: readonly RefusedEdit[] = $state.raw([]);
  others: readonly Presence[] = $state.raw([]);
  focus: Focus = $state.raw({ selection: [], place: [0, 0] });
  question: Question | undefined = $state.raw();
  /** The series, team and challenge that the board belongs to; null until they are known. */
  around: BoardContext | null = $state.raw(null);
  /** Of the series that the board belongs to; none outside a series. */
  organisations: readonly Organisation[] = $state.raw([]);
  /** Who is here is listed. */
  showsPeople = $state(false);

  #stops: (() => void)[] = [];
  #stopModel: () => void = () => undefined;
  #frame = 0;

  constructor(connection: BoardConnection, registry: Registry, board: string, person: string) {
    this.connection = connection;
    this.registry = registry;
    this.board = board;
    this.person = person;
    this.#stops = [
      connection.model.subscribe((model) => this.#take(model)),
      connection.state.subscribe((state) => (this.save = state)),
      connection.session.subscribe((session) => (this.session = session)),
      connection.permissions.subscribe((permissions) => (this.permissions = permissions)),
      connection.refused.edits.subscribe((edits) => (this.refused = edits)),
      connection.presence.others.subscribe((others) => (this.others = others)),
    ];
  }

  can<Id extends CommandId>(id: Id, view: View, args?: ArgsOf<Id>): Permission {
    return this.registry.can(id, this.#context(view), args);
  }

  /** Runs it for this view; the answer tells why it was not done. Rejects when the server refuses a command. */
  run<Id extends CommandId>(id: Id, view: View, args?: ArgsOf<Id>): Promise<Permission> {
    return this.registry.run(id, this.#context(view), args);
  }

  ask(command: CommandId, ids: readonly ObjectId[]): void {
    this.question = { command, ids };
  }

  /** Who made or is, by name; people never appear by anything else. */
  nameOf(person: string | null): string {
    return this.session?.people.find((other) => other.person === person)?.name ?? "";
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#stopModel();
    cancelAnimationFrame(this.#frame);
    this.connection.close();
  }

  #context(view: View): Context {
    return {
      board: this.model,
      // Not the one of the last frame: a command sees what the one before it did.
      snapshot: this.model.snapshot,
      focus: this.focus,
      view,
      permissions: this.permissions,
      server: this.connection.server,
      script: this.script,
      page: boardPage,
      person: this.person,
    };
  }

  #take(model: BoardModel): void {
    this.#stopModel();
    this.model = model;
    this.snapshot = model.snapshot;
    this.#stopModel = model.subscribe((change) => {
      if (change.local) {
        this.snapshot = change.snapshot;
        return;
      }
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => {
        this.snapshot = this.model.snapshot;
      });
    });
  }
}
