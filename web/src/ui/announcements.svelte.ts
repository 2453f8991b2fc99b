// How much of what others do is spoken: the person's choice, remembered on this device. Knows no board.

export type Announcements = "calm" | "all" | "own";
export const ANNOUNCEMENTS: readonly Announcements[] = ["calm", "all", "own"];
const REMEMBERED = "jalostamo.announcements";

let chosen = $state<Announcements>(recall());

export const announcements = {
  get chosen(): Announcements {
    return chosen;
  },
  choose(next: Announcements): void {
    chosen = next;
    try {
      localStorage.setItem(REMEMBERED, next);
    } catch {
      // Kept until the page is closed.
    }
  },
};

function recall(): Announcements {
  try {
    return ANNOUNCEMENTS.find((each) => each === localStorage.getItem(REMEMBERED)) ?? "calm";
  } catch {
    return "calm";
  }
}
