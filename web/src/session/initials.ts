// The one or two letters that stand for a name. Knows no people.

export function initials(name: string): string {
  const parts = name
    .trim()
    .split(/[\s-]+/)
    .filter((part) => part !== "");
  const first = [...(parts[0] ?? "")][0] ?? "";
  const last = parts.length > 1 ? ([...(parts.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toLocaleUpperCase("fi");
}
