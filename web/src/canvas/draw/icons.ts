// The small pictures of the kinds, as SVG paths on a 16 by 16 field. Know no colours: they take the text's.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  start: "M5 3.2v9.6L12.6 8z",
  end: "M4 4h8v8H4z",
  decision: "M8 1.6 14.4 8 8 14.4 1.6 8z",
  wait: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 4.4V8l2.6 1.8",
  obstacle: "M8 1.9 15 14H1zM8 6.2v3.9M8 11.9v.2",
  cooperation: "M5.7 5a3.3 3.3 0 1 0 0 6 3.3 3.3 0 0 0 0-6zM10.3 5a3.3 3.3 0 1 1 0 6 3.3 3.3 0 0 1 0-6z",
  nextStep: "M2.2 8h10.4M8.6 3.8 12.8 8l-4.2 4.2",
  system: "M2 3h12v8H2zM6 13.6h4",
  customer: "M8 2.2a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2zM2.8 14a5.2 5.2 0 0 1 10.4 0",
  lock: "M3.6 7.4h8.8v6.2H3.6zM5.4 7.4V5.2a2.6 2.6 0 0 1 5.2 0v2.2",
  day: "M2.4 3.6h11.2v10H2.4zM2.4 6.8h11.2M5.4 1.8v3M10.6 1.8v3",
} as const;

export type IconName = keyof typeof PATHS;

const FILLED: ReadonlySet<IconName> = new Set(["start", "end"]);

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", FILLED.has(name) ? "jb-icon jb-icon-filled" : "jb-icon");
  svg.append(document.createElementNS(SVG, "path"));
  setIcon(svg, name);
  return svg;
}

export function setIcon(svg: SVGSVGElement, name: IconName): void {
  svg.firstElementChild?.setAttribute("d", PATHS[name]);
  svg.setAttribute("class", FILLED.has(name) ? "jb-icon jb-icon-filled" : "jb-icon");
}
