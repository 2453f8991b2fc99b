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
  frame: "M2 3h12v10H2zM2 6.4h12",
  group: "M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z",
  bottleneck: "M2.6 2.2h10.8L9.4 8v5.6l-2.8-1.4V8z",
  painPoint: "M9 1.4 3.6 9h4L6.8 14.6 12.4 7h-4z",
  question: "M5.2 5.6a2.9 2.9 0 1 1 4.2 2.6c-.9.5-1.4 1-1.4 2.1M8 13.2v.2",
  idea: "M5.8 11.2a4.4 4.4 0 1 1 4.4 0v1.2H5.8zM6.4 14.4h3.2",
  insight:
    "M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8zM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z",
  evidence: "M3.6 1.8h6l2.8 2.8v9.6H3.6zM6 7.2h4M6 10h4",
  term: "M2.4 3h4.2c.8 0 1.4.6 1.4 1.4v8.8c0-.8-.6-1.2-1.4-1.2H2.4zM13.6 3H9.4C8.6 3 8 3.6 8 4.4v8.8c0-.8.6-1.2 1.4-1.2h4.2z",
  commitment: "M1.6 9.6L4.4 3.2l1.2 6.4L8 5.2l1.6 4.4L12 7.6l2.4 1.2M1.6 13.6h12.8",
  goal: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 7.9v.2",
  note: "M2.6 2.6h10.8v7.2l-3.6 3.6H2.6zM13.4 9.8H9.8v3.6",
  subprocess: "M2.4 2.4h11.2v11.2H2.4zM8 5.2v5.6M5.2 8h5.6",
  flag: "M3.6 14.6V2h8.8l-2 3.2 2 3.2H3.6",
  check: "M2.6 8.6 6.2 12l7.2-8",
  online:
    "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM1.8 8h12.4M8 1.8c2 2 2.6 4 2.6 6.2S10 12.2 8 14.2c-2-2-2.6-4-2.6-6.2S6 3.8 8 1.8z",
  phone:
    "M3.4 2.2h2.4l1.2 3-1.6 1.2a8.4 8.4 0 0 0 4.2 4.2l1.2-1.6 3 1.2v2.4c0 .6-.4 1-1 1C7.4 13.6 2.4 8.6 2.4 3.2c0-.6.4-1 1-1z",
  letter: "M2 3.8h12v8.4H2zM2 4.2l6 4.6 6-4.6",
  visit:
    "M8 14.2S3.2 9.6 3.2 6.4a4.8 4.8 0 1 1 9.6 0c0 3.2-4.8 7.8-4.8 7.8zM8 4.8a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2z",
  day: "M2.4 3.6h11.2v10H2.4zM2.4 6.8h11.2M5.4 1.8v3M10.6 1.8v3",
} as const;

export type IconName = keyof typeof PATHS;

const FILLED: ReadonlySet<IconName> = new Set(["start", "end"]);

/** The picture's path, for the canvas layer. */
export function pathOf(name: IconName): string {
  return PATHS[name];
}

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
