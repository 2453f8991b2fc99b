// F6: from one region of the page to the next, where the keyboard user goes on. Knows no region's contents.

const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex='0']";

export function nextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")];
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions.at(at === -1 ? (step === 1 ? 0 : -1) : (at + step) % regions.length);
  if (next === undefined) return;
  // The current stop of a group with arrows comes before its first.
  (next.querySelector<HTMLElement>("[tabindex='0']") ?? next.querySelector<HTMLElement>(FOCUSABLE) ?? next).focus();
}
