// Whether teams are shown as cards or as a table: the person's choice, remembered on this device. Knows no teams.

export const VIEWS = ["cards", "table"] as const;
export type ControlView = (typeof VIEWS)[number];
const REMEMBERED = "jalostamo.control";

export function chosenView(): ControlView {
  try {
    return VIEWS.find((view) => view === localStorage.getItem(REMEMBERED)) ?? "cards";
  } catch {
    return "cards";
  }
}

export function rememberView(view: ControlView): void {
  try {
    localStorage.setItem(REMEMBERED, view);
  } catch {
    // Kept until the page is closed.
  }
}
