// Which views of the board are open: canvas, outline or both; remembered on this device. Knows no views.

export type ViewName = "canvas" | "outline" | "both";
const REMEMBERED = "jalostamo.view";
const NARROW = "(max-width: 499px)";
const NO_ROOM_FOR_TWO = "(max-width: 700px)";

export class Showing {
  #chosen: ViewName = $state("canvas");
  #narrow = $state(false);
  readonly #query = matchMedia(NO_ROOM_FOR_TWO);

  constructor() {
    const kept = recall();
    this.#chosen = kept ?? (matchMedia(NARROW).matches ? "outline" : "canvas");
    this.#narrow = this.#query.matches;
    this.#query.addEventListener("change", this.#resized);
  }

  /** Where there is no room for two, the canvas is the one shown of both. */
  get view(): ViewName {
    return this.#chosen === "both" && this.#narrow ? "canvas" : this.#chosen;
  }
  get canvas(): boolean {
    return this.view !== "outline";
  }
  get outline(): boolean {
    return this.view !== "canvas";
  }
  choose(next: ViewName): void {
    this.#chosen = next;
    try {
      localStorage.setItem(REMEMBERED, next);
    } catch {
      // Kept until the page is closed.
    }
  }
  /** For what is seen on the canvas only; the person's own choice stays remembered. */
  openCanvas(): void {
    if (!this.canvas) this.#chosen = "both";
  }
  close(): void {
    this.#query.removeEventListener("change", this.#resized);
  }

  readonly #resized = (): void => {
    this.#narrow = this.#query.matches;
  };
}

function recall(): ViewName | undefined {
  try {
    const kept = localStorage.getItem(REMEMBERED);
    return kept === "canvas" || kept === "outline" || kept === "both" ? kept : undefined;
  } catch {
    return undefined;
  }
}
