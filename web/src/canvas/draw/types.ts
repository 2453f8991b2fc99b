// What drawing one kind of item means: an element built once, filled again and again. Knows no camera.

import type { Item, Snapshot } from "../../model/types.ts";
import type { Fit } from "../fit.ts";
import type { Words } from "../types.ts";

export interface Ink {
  readonly words: Words;
  readonly snapshot: Snapshot;
  /** The largest size at which a text fits, and how high it is then. */
  fit(text: string, width: number, height: number, sizes: readonly number[]): Fit;
  readonly locale: string;
}

/** A drawn item's parts; the text element is where the editor opens. */
export interface Skin {
  readonly text: HTMLElement;
  fill(item: Item, ink: Ink): void;
}

/** Fills the item's element with its parts. */
export type Draw = (element: HTMLElement) => Skin;

export function part(className: string, parent: HTMLElement): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  parent.append(element);
  return element;
}

export function span(className: string, parent: HTMLElement): HTMLElement {
  const element = document.createElement("span");
  element.className = className;
  parent.append(element);
  return element;
}

/** Writes only what differs: text nodes are cheap, layout is not. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets the size class and text of a main text; while it is being edited, the editor owns it. */
export function setMain(element: HTMLElement, text: string, fit: Fit, room: number): void {
  const size = `${fit.size}px`;
  if (element.style.fontSize !== size) element.style.fontSize = size;
  element.classList.toggle("jb-cut", fit.height > room + 1);
  if (element.dataset["editing"] === undefined) setText(element, text);
}
