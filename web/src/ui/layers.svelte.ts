// Which dialogs are open, the last one on top: what is outside of that one can be neither reached nor heard.

let open = $state<readonly string[]>([]);

export const layers = {
  /** The dialog on top; undefined on the bare page. */
  get top(): string | undefined {
    return open.at(-1);
  },
  /** Returns the way to close it. */
  add(id: string): () => void {
    open = [...open, id];
    return () => {
      open = open.filter((other) => other !== id);
    };
  },
};
