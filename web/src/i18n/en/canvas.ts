// English: what the board surface says of items and gestures.

export const canvas = {
  "canvas.region": "Board",
  "canvas.empty": "empty",
  "canvas.name.item": "{kind}: {text}",
  "canvas.name.inLane": "lane {lane}, {place} of {count}",
  "canvas.name.holds": "{count|one object|{count} objects} in the lane",
  "canvas.name.unplaced": "unplaced",
  "canvas.name.pin": "{kind}: {text}",
  "canvas.name.pins": "{count|one pin|{count} pins}: {list}",
  "canvas.name.pinnedTo": "pinned to {text}",
  "canvas.name.branch": "{text} ({label})",
  "canvas.name.next": "next: {list}",
  "canvas.name.locked": "locked",
  "canvas.arrow.chooseTarget": "Choose the object where the arrow ends.",
  "canvas.carry.pickedUp":
    "{count|Object|{count} objects} picked up. Move with the arrow keys, drop with Space, cancel with Esc.",
  "canvas.carry.putBack": "Put back in place.",
  "canvas.lost.editing": "Somebody deleted the object you were editing. Your text is kept: {text}",
  "canvas.lost.focused": "Somebody deleted the object you had selected: {text}",
} as const;
