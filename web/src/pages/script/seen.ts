// What of the script was read and closed in this tab, so that it does not come back. Knows not what it was.

const key = (what: string): string => `jalostamo.seen.${what}`;

export function seenBefore(what: string, id: string): boolean {
  try {
    return sessionStorage.getItem(key(what)) === id;
  } catch {
    return false;
  }
}

export function see(what: string, id: string): void {
  try {
    sessionStorage.setItem(key(what), id);
  } catch {
    // It comes back when the page is loaded anew.
  }
}
