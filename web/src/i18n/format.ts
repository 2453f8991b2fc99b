// Filling a text with values: {name}, and {n|one|many} by the language's plural rule. Knows no texts.

export type Values = Readonly<Record<string, string | number>>;

const PLURAL = /\{(\w+)\|((?:[^{}|]|\{\w+\})*)\|((?:[^{}|]|\{\w+\})*)\}/g;
const NAME = /\{(\w+)\}/g;
const rules = new Map<string, Intl.PluralRules>();
const numbers = new Map<string, Intl.NumberFormat>();

/** A value that is missing stays as its placeholder, so that it is seen. */
export function fill(text: string, locale: string, values: Values = {}): string {
  if (!text.includes("{")) return text;
  const chosen = text.replace(PLURAL, (_, name: string, one: string, many: string) =>
    rule(locale).select(Number(values[name])) === "one" ? one : many,
  );
  // Once only: braces inside a value (a note's own text) are the person's, not placeholders.
  return chosen.replace(NAME, (whole, name: string) => (name in values ? written(values[name], locale) : whole));
}

/** Numbers of five digits and more are grouped as the language does. */
function written(value: string | number | undefined, locale: string): string {
  if (typeof value !== "number" || Math.abs(value) < 10_000) return String(value);
  const known = numbers.get(locale) ?? new Intl.NumberFormat(locale);
  numbers.set(locale, known);
  return known.format(value);
}

/** The names of the values that a text needs, sorted. */
export function placeholders(text: string): string[] {
  const names = [...text.matchAll(/\{(\w+)[|}]/g)].map((match) => match[1] ?? "");
  return [...new Set(names)].toSorted();
}

function rule(locale: string): Intl.PluralRules {
  const known = rules.get(locale);
  if (known !== undefined) return known;
  const made = new Intl.PluralRules(locale);
  rules.set(locale, made);
  return made;
}
