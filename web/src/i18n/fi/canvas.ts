// Finnish: what the board surface says of items and gestures.

export const canvas = {
  "canvas.region": "Taulu",
  "canvas.empty": "tyhjä",
  "canvas.name.item": "{kind}: {text}",
  "canvas.name.inLane": "rata {lane}, {place}/{count}",
  "canvas.name.holds": "{count|yksi kohde|{count} kohdetta} radalla",
  "canvas.name.unplaced": "sijoittamatta",
  "canvas.name.pin": "{kind}: {text}",
  "canvas.name.pins": "{count|yksi kiinnitys|{count} kiinnitystä}: {list}",
  "canvas.name.pinnedTo": "kiinnitetty kohteeseen {text}",
  "canvas.name.branch": "{text} ({label})",
  "canvas.name.next": "seuraava: {list}",
  "canvas.name.locked": "lukittu",
  "canvas.arrow.chooseTarget": "Valitse kohde, johon nuoli päättyy.",
  "canvas.carry.pickedUp":
    "{count|Kohde|{count} kohdetta} nostettu. Siirrä nuolinäppäimillä, pudota välilyönnillä, peru Esc-näppäimellä.",
  "canvas.carry.putBack": "Palautettu paikalleen.",
  "canvas.lost.editing": "Joku poisti kohteen, jota muokkasit. Tekstisi on tallessa: {text}",
  "canvas.lost.focused": "Joku poisti kohteen, joka oli valittuna: {text}",
} as const;
