// The list of all commands: find one by id or by key, ask whether it can run, run it. Knows no DOM.

import type { ArgsOf } from "./arguments.ts";
import type { Binding, Command, Context, Permission } from "./types.ts";
import type { CommandId } from "./words.ts";

/** What a keyboard event tells; `KeyboardEvent` fits. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing?: boolean;
  getModifierState?(modifier: string): boolean;
}

/** Where the focus is: on the board or one of its items, elsewhere on the page, or in a text being typed. */
export type Where = "board" | "page" | "typing";

export interface KeyOptions {
  readonly where: Where;
  readonly mac: boolean;
  /** False: single characters do nothing (WCAG 2.1.4). */
  readonly letters?: boolean;
}

export interface Found {
  readonly id: CommandId;
  readonly args: object;
}

export interface Registry {
  /** All commands, in the order in which menus list them. */
  readonly all: readonly Command<never>[];
  get<Id extends CommandId>(id: Id): Command<ArgsOf<Id>>;
  can<Id extends CommandId>(id: Id, context: Context, args?: ArgsOf<Id>): Permission;
  /** Runs it if it can be run; the answer tells why not. */
  run<Id extends CommandId>(id: Id, context: Context, args?: ArgsOf<Id>): Promise<Permission>;
  /** The command of a key press, or undefined. Where a text is being typed, no key is a command. */
  find(press: KeyPress, options: KeyOptions): Found | undefined;
  /** Runs what `find` found. */
  runFound(found: Found, context: Context): Promise<Permission>;
}

/** A command whose arguments are known by its id only. */
export type AnyCommand = Command<never>;

/** A registry of these commands. Two with one id, or on one key, is a bug. */
export function createRegistry(commands: readonly AnyCommand[]): Registry {
  const byId = new Map<string, AnyCommand>();
  const byKey = new Map<string, { command: AnyCommand; binding: Binding<never> }>();
  for (const command of commands) {
    if (byId.has(command.id)) throw new Error(`two commands ${command.id}`);
    byId.set(command.id, command);
    for (const binding of command.keys ?? []) {
      const name = bindingName(binding);
      if (byKey.has(name)) throw new Error(`two commands on ${name}`);
      byKey.set(name, { command, binding });
    }
  }

  const get = <Id extends CommandId>(id: Id): Command<ArgsOf<Id>> => {
    const command = byId.get(id);
    if (command === undefined) throw new Error(`no command ${id}`);
    return command as unknown as Command<ArgsOf<Id>>;
  };
  const run: Registry["run"] = async (id, context, args) => {
    const command = get(id);
    const permission = command.can(context, args);
    if (permission.ok) await command.run(context, args);
    return permission;
  };

  return {
    all: commands,
    get,
    can: (id, context, args) => get(id).can(context, args),
    run,
    find(press, options) {
      const name = pressName(press, options.mac);
      const found = name === undefined || options.where === "typing" ? undefined : byKey.get(name);
      if (found === undefined) return undefined;
      if (found.binding.byBrowser === true) return undefined;
      if (found.binding.onBoard === true && options.where !== "board") return undefined;
      const single = found.binding.key.length === 1 && found.binding.mod !== true;
      if (single && options.letters === false) return undefined;
      return { id: found.command.id, args: (found.binding.args as object | undefined) ?? {} };
    },
    runFound: (found, context) => run(found.id, context, found.args as never),
  };
}

function bindingName(binding: Binding<never>): string {
  return keyName(binding.key, binding.mod === true, binding.shift === true);
}

/**
 * Undefined for what can be no command: with Alt or AltGr (on a Finnish keyboard these type @ $ { [ ] }, and AltGr
 * reads as Ctrl+Alt), while composing, or with the other system's command key.
 */
function pressName(press: KeyPress, mac: boolean): string | undefined {
  if (press.altKey || press.isComposing === true || press.getModifierState?.("AltGraph") === true) return undefined;
  if (mac ? press.ctrlKey : press.metaKey) return undefined;
  return keyName(press.key, mac ? press.metaKey : press.ctrlKey, press.shiftKey);
}

/** Shift counts for letters and named keys; a sign like + has it inside, wherever the layout keeps the sign. */
function keyName(key: string, mod: boolean, shift: boolean): string {
  const sign = key.length === 1 && key.toLowerCase() === key.toUpperCase() && key !== " ";
  const name = key.length === 1 ? key.toLowerCase() : key;
  return `${mod ? "mod+" : ""}${shift && !sign ? "shift+" : ""}${name}`;
}
