// Whether single letters are commands (WCAG 2.1.4): the person's choice, remembered on this device. Knows no commands.

const REMEMBERED = "jalostamo.letters";

let on = $state(recall());

export const letters = {
  get on(): boolean {
    return on;
  },
  choose(next: boolean): void {
    on = next;
    try {
      localStorage.setItem(REMEMBERED, next ? "on" : "off");
    } catch {
      // Kept until the page is closed.
    }
  },
};

function recall(): boolean {
  try {
    return localStorage.getItem(REMEMBERED) !== "off";
  } catch {
    return true;
  }
}
