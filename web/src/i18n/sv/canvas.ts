// Swedish of Finland: what the board surface says of items and gestures.

export const canvas = {
  "canvas.region": "Tavla",
  "canvas.empty": "tom",
  "canvas.name.item": "{kind}: {text}",
  "canvas.name.inLane": "bana {lane}, {place}/{count}",
  "canvas.name.holds": "{count|ett objekt|{count} objekt} på banan",
  "canvas.name.unplaced": "ej placerad",
  "canvas.name.pin": "{kind}: {text}",
  "canvas.name.pins": "{count|en fästning|{count} fästningar}: {list}",
  "canvas.name.pinnedTo": "fäst vid {text}",
  "canvas.name.branch": "{text} ({label})",
  "canvas.name.next": "nästa: {list}",
  "canvas.name.locked": "låst",
  "canvas.arrow.chooseTarget": "Välj objektet där pilen slutar.",
  "canvas.carry.pickedUp":
    "{count|Objektet|{count} objekt} upplyft. Flytta med piltangenterna, släpp med blanksteg, avbryt med Esc.",
  "canvas.carry.putBack": "Tillbaka på sin plats.",
  "canvas.lost.editing": "Någon tog bort objektet som du redigerade. Din text finns kvar: {text}",
  "canvas.lost.focused": "Någon tog bort objektet som var valt: {text}",
} as const;
