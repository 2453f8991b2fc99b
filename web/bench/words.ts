// Words for the measured board: the last part of each key, and a few in full. Knows no language files.

const KNOWN: Readonly<Record<string, string>> = {
  "canvas.kind.obstacle": "Este",
  "canvas.kind.cooperation": "Yhteistyön paikka",
  "canvas.kind.nextStep": "Seuraava askel",
  "canvas.severity.3": "Vakava",
  "canvas.severity.4": "Estää kokonaan",
  "canvas.status.agreed": "Sovittu",
  "canvas.lane.customer": "Palvelun käyttäjä",
  "canvas.obstacleType.legislation": "Lainsäädäntö",
  "canvas.obstacleType.informationSystem": "Tietojärjestelmä",
  "canvas.cooperationKind.sharedData": "Yhteinen tieto",
};

export function words(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const word = KNOWN[key] ?? key.slice(key.lastIndexOf(".") + 1);
  const rest = Object.values(values).join(" ");
  return rest === "" ? word : `${word} ${rest}`;
}
